package dev.vextrus.rollout.plan;

import java.time.Duration;

/**
 * One phase of a plan.
 *
 * @param number 1 for the first
 * @param trafficPercent share of traffic that the canary gets, 1 to 100
 * @param replicas serving replicas of the canary, at least 1
 * @param stableReplicas serving replicas of stable under {@link Capacity#PROPORTIONAL}; ignored under full capacity
 * @param bake observed time before the phase may end
 */
public record Phase(int number, int trafficPercent, int replicas, int stableReplicas, Duration bake, PhaseGates gates) {

    public double weight() {
        return trafficPercent / 100.0;
    }

    Phase sized(int size, int before) {
        return new Phase(
                number,
                trafficPercent,
                Math.ceilDiv(replicas * size, before),
                Math.ceilDiv(stableReplicas * size, before),
                bake,
                gates);
    }

    @Override
    public String toString() {
        return "phase " + number + " (" + trafficPercent + " %)";
    }
}
