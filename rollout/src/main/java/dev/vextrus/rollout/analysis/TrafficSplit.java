package dev.vextrus.rollout.analysis;

import java.util.Set;

/**
 * How requests are shared out while the samples were taken.
 *
 * @param mode    by tenant, as the cohort says, or at random by request
 * @param weight  the canary's share of the traffic that was asked for, 0 to 1
 * @param cohort  the canary's tenants; empty where the split is by request
 */
public record TrafficSplit(Mode mode, double weight, Set<String> cohort) {

    /** What decides where a request goes. */
    public enum Mode {
        BY_TENANT,
        BY_REQUEST
    }

    /** @throws IllegalArgumentException if {@code weight} is not between 0 and 1 */
    public TrafficSplit {
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("weight: " + weight + " is not between 0 and 1");
        }
        cohort = Set.copyOf(cohort);
    }

    public static TrafficSplit byTenant(double weight, Set<String> cohort) {
        return new TrafficSplit(Mode.BY_TENANT, weight, cohort);
    }

    public static TrafficSplit byRequest(double weight) {
        return new TrafficSplit(Mode.BY_REQUEST, weight, Set.of());
    }
}
