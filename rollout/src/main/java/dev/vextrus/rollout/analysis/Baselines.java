package dev.vextrus.rollout.analysis;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
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

    /** The counts of all tenants together. */
    public Counts total() {
        return tenants.values().stream().reduce(new Counts(0, 0, 0), Counts::plus);
    }

    public boolean isEmpty() {
        return tenants.isEmpty();
    }

    /**
     * Baselines of several days of history, each with its counts by tenant. The variance between days is estimated by
     * moments: the squared differences from the tenant's own mean beyond what a Poisson count has by chance.
     */
    public static Baselines ofDays(List<Map<String, Counts>> days) {
        Map<String, Counts> totals = new HashMap<>();
        days.forEach(day -> day.forEach((tenant, counts) -> totals.merge(tenant, counts, Counts::plus)));
        Map<Metric, Double> variance = new EnumMap<>(Metric.class);
        if (days.size() > 1) {
            for (Metric metric : Metric.values()) {
                variance.put(metric, dayVariance(metric, days, totals));
            }
        }
        return new Baselines(totals, variance);
    }

    private static double dayVariance(Metric metric, List<Map<String, Counts>> days, Map<String, Counts> totals) {
        double excess = 0;
        double squares = 0;
        for (Map<String, Counts> day : days) {
            for (Map.Entry<String, Counts> entry : day.entrySet()) {
                Counts total = totals.getOrDefault(entry.getKey(), entry.getValue());
                if (total.requests() == 0) {
                    continue;
                }
                double part = (double) entry.getValue().requests() / total.requests();
                double mean = part * total.count(metric);
                double difference = entry.getValue().count(metric) - mean;
                // A day's own count is part of the mean, which takes away that part of its chance variance.
                excess += difference * difference - mean * (1 - part);
                squares += mean * mean * (1 - part);
            }
        }
        return squares > 0 ? Math.max(0, excess / squares) : 0;
    }
}
