package dev.vextrus.rollout.analysis;

import java.util.Map;

/**
 * What is known of each tenant from before the rollout: how often its requests failed or were slow under the stable
 * release. Without it shares follow requests, and the report says so.
 *
 * @param tenants      counts by tenant; empty where there is no history
 * @param dayVariance  how much a tenant's rate varies from day to day beyond chance, as a squared coefficient of
 *                     variation, for each metric; absent where the history is shorter than two days
 */
public record Baselines(Map<String, Counts> tenants, Map<Metric, Double> dayVariance) {

    /** Requests seen, and how many of them failed or were slow. */
    public record Counts(long requests, long faults, long slow) {
        /** @throws IllegalArgumentException if a count is negative */
        public Counts {
            if (requests < 0 || faults < 0 || slow < 0) {
                throw new IllegalArgumentException(
                        "counts must not be negative: " + requests + ", " + faults + ", " + slow);
            }
        }

        public long count(Metric metric) {
            return switch (metric) {
                case FAULTS -> faults;
                case SLOW -> slow;
            };
        }

        public Counts plus(Counts other) {
            return new Counts(requests + other.requests, faults + other.faults, slow + other.slow);
        }
    }

    public Baselines {
        tenants = Map.copyOf(tenants);
        dayVariance = Map.copyOf(dayVariance);
    }

    public static Baselines none() {
        return new Baselines(Map.of(), Map.of());
    }

    public boolean isEmpty() {
        return tenants.isEmpty();
    }
}
