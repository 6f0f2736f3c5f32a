package dev.vextrus.benchmarks.verdict;

import java.util.function.Consumer;

/**
 * What a simulated rollout meets. {@link #of} is a quiet one; the {@code with} methods add what may go wrong.
 *
 * @param canaryPerMinute canary requests a minute
 * @param spread          standard deviation of the logarithm of tenants' fault rates
 * @param ratio           the canary's fault rate over the stable one's, from {@code harmHour} on; 1 is a good release
 * @param history         what is known from before
 * @param driftLogSd      how far rates move from day to day (standard deviation of the logarithm)
 * @param driftInHistory  whether the history moved too, so that it tells of it
 * @param outageRate      share of requests that fail on both tracks for 20 minutes from hour 12 on
 * @param burstSize       mean size of bursts that make half of the faults; 1 for none. A burst is one tenant's within 1 s
 * @param retries         how often the client sends a failed key again, a second apart
 * @param grouped         whether faults are grouped by key and capped, as the proxy does
 * @param noisyFactor     for the rates of one tenant of the cohort, for an hour from hour 12 on, under either release
 * @param tenants         how many tenants there are
 * @param weight          the canary's share of traffic
 */
public record Scenario(
        double canaryPerMinute,
        double spread,
        double ratio,
        double harmHour,
        History history,
        double driftLogSd,
        boolean driftInHistory,
        double outageRate,
        double burstSize,
        int retries,
        boolean grouped,
        double noisyFactor,
        int tenants,
        double weight) {
    static final double BASE_RATE = 0.001;
    static final int HOURS = 48;

    /** What is known from before the rollout. */
    public enum History {
        NONE,
        WEEK,
        /** The true rates, as if history were endless: shows what estimation costs. */
        EXACT
    }

    public static Scenario of(double canaryPerMinute, double spread, double ratio) {
        return new Scenario(canaryPerMinute, spread, ratio, 0, History.WEEK, 0, false, 0, 1, 0, true, 1, 200, 0.1);
    }

    Scenario harmFromHour(double hour) {
        return with(draft -> draft.harmHour = hour);
    }

    Scenario withHistory(History known) {
        return with(draft -> draft.history = known);
    }

    Scenario withDrift(double logSd, boolean inHistory) {
        return with(draft -> {
            draft.driftLogSd = logSd;
            draft.driftInHistory = inHistory;
        });
    }

    Scenario withOutage(double rate) {
        return with(draft -> draft.outageRate = rate);
    }

    Scenario withBursts(double size) {
        return with(draft -> draft.burstSize = size);
    }

    Scenario withRetries(int times) {
        return with(draft -> draft.retries = times);
    }

    Scenario ungrouped() {
        return with(draft -> draft.grouped = false);
    }

    Scenario withNoisyTenant(double factor) {
        return with(draft -> draft.noisyFactor = factor);
    }

    Scenario withTenants(int count) {
        return with(draft -> draft.tenants = count);
    }

    Scenario withWeight(double share) {
        return with(draft -> draft.weight = share);
    }

    private Scenario with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** A scenario while one of its parts is being changed. Those that no scenario here varies stay as they were. */
    private static final class Draft {
        private final Scenario from;
        private double harmHour;
        private History history;
        private double driftLogSd;
        private boolean driftInHistory;
        private double outageRate;
        private double burstSize;
        private int retries;
        private boolean grouped;
        private double noisyFactor;
        private int tenants;
        private double weight;

        Draft(Scenario from) {
            this.from = from;
            harmHour = from.harmHour;
            history = from.history;
            driftLogSd = from.driftLogSd;
            driftInHistory = from.driftInHistory;
            outageRate = from.outageRate;
            burstSize = from.burstSize;
            retries = from.retries;
            grouped = from.grouped;
            noisyFactor = from.noisyFactor;
            tenants = from.tenants;
            weight = from.weight;
        }

        Scenario done() {
            return new Scenario(
                    from.canaryPerMinute,
                    from.spread,
                    from.ratio,
                    harmHour,
                    history,
                    driftLogSd,
                    driftInHistory,
                    outageRate,
                    burstSize,
                    retries,
                    grouped,
                    noisyFactor,
                    tenants,
                    weight);
        }
    }
}
