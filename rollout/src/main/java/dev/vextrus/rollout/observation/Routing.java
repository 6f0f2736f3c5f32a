package dev.vextrus.rollout.observation;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who gets which traffic, as a whole.
 *
 * @param epoch grows with every change; a router refuses one below what it follows, which fences an old controller
 * @param canary null where all traffic goes to stable and no rollout runs
 * @param weight share of the canary, 0 to 1
 * @param cohort tenants that go to the canary, in any order; empty where single requests are drawn by chance
 * @param byTenant whether tenants stick to a colour
 */
public record Routing(
        long epoch, Color stable, @Nullable Color canary, double weight, List<String> cohort, boolean byTenant) {

    public Routing {
        cohort = List.copyOf(cohort);
        if (weight < 0 || weight > 1 || Double.isNaN(weight)) {
            throw new IllegalArgumentException("weight: " + weight + " is not between 0 and 1");
        }
        if (canary == stable) {
            throw new IllegalArgumentException("canary: is the stable color " + stable.label());
        }
    }

    /** Whether a router that follows this sends requests where {@code other} would send them. */
    public boolean sameEffect(Routing other) {
        return stable == other.stable
                && canary == other.canary
                && weight == other.weight
                && byTenant == other.byTenant
                && Set.copyOf(cohort).equals(Set.copyOf(other.cohort));
    }
}
