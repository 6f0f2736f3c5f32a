package dev.vextrus.rollout.analysis;

import java.util.List;
import java.util.Map;

/**
 * What both tracks did in one stretch of time, with the counts that were to be expected: the form in which the tests take
 * evidence in. {@link WindowBuilder} makes it from samples; simulations make it from draws.
 *
 * @param second          its start, in seconds since 1970-01-01T00:00Z
 * @param seconds         its length
 * @param boundedRequests the canary's requests outside windows at the cap
 * @param metrics         counts and exposures by metric
 * @param tenants         the canary's tenants that had requests; empty where the split is by request
 */
public record Window(
        long second,
        long seconds,
        long canaryRequests,
        long boundedRequests,
        long stableRequests,
        Map<Metric, Counts> metrics,
        List<TenantWindow> tenants) {

    public Window {
        metrics = Map.copyOf(metrics);
        tenants = List.copyOf(tenants);
    }

    /**
     * @param canary     the canary's count, grouped and capped
     * @param stable     the stable release's
     * @param byHistory  counts expected from each tenant's history and present requests
     * @param byRequests exposure in requests, for windows in which history does not tell
     * @param most       the largest counts that the requests could have made, by the cap
     */
    public record Counts(long canary, long stable, Exposure byHistory, Exposure byRequests, Exposure most) {}

    /** Two exposures in the same unit; only their ratio counts, but for history, where they are expected counts. */
    public record Exposure(double canary, double stable) {
        public static final Exposure NONE = new Exposure(0, 0);

        /** The canary's share, with its odds multiplied by {@code factor}; 0 where there is no exposure at all. */
        double share(double factor) {
            double scaled = canary * factor;
            return scaled <= 0 ? 0 : scaled / (scaled + stable);
        }

        public Exposure plus(double moreCanary, double moreStable) {
            return new Exposure(canary + moreCanary, stable + moreStable);
        }
    }

    /** One tenant of the canary: its count and what was expected of it, by metric. */
    public record TenantWindow(String tenant, Map<Metric, TenantCount> metrics) {
        public TenantWindow {
            metrics = Map.copyOf(metrics);
        }
    }

    /**
     * @param byHistory  the tenant's expected count
     * @param byRequests its exposure in requests
     * @param most       the largest count that its requests could have made, by the cap
     */
    public record TenantCount(long count, double byHistory, double byRequests, double most) {}
}
