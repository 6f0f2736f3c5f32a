package dev.vextrus.benchmarks.verdict;

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
        return new Scenario(
                canaryPerMinute,
                spread,
                ratio,
                hour,
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

    Scenario withHistory(History newHistory) {
        return new Scenario(
                canaryPerMinute,
                spread,
                ratio,
                harmHour,
                newHistory,
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

    Scenario withDrift(double logSd, boolean inHistory) {
        return new Scenario(
                canaryPerMinute,
                spread,
                ratio,
                harmHour,
                history,
                logSd,
                inHistory,
                outageRate,
                burstSize,
                retries,
                grouped,
                noisyFactor,
                tenants,
                weight);
    }

    Scenario withOutage(double rate) {
        return new Scenario(
                canaryPerMinute,
                spread,
                ratio,
                harmHour,
                history,
                driftLogSd,
                driftInHistory,
                rate,
                burstSize,
                retries,
                grouped,
                noisyFactor,
                tenants,
                weight);
    }

    Scenario withBursts(double size) {
        return new Scenario(
                canaryPerMinute,
                spread,
                ratio,
                harmHour,
                history,
                driftLogSd,
                driftInHistory,
                outageRate,
                size,
                retries,
                grouped,
                noisyFactor,
                tenants,
                weight);
    }

    Scenario withRetries(int times) {
        return new Scenario(
                canaryPerMinute,
                spread,
                ratio,
                harmHour,
                history,
                driftLogSd,
                driftInHistory,
                outageRate,
                burstSize,
                times,
                grouped,
                noisyFactor,
                tenants,
                weight);
    }

    Scenario ungrouped() {
        return new Scenario(
                canaryPerMinute,
                spread,
                ratio,
                harmHour,
                history,
                driftLogSd,
                driftInHistory,
                outageRate,
                burstSize,
                retries,
                false,
                noisyFactor,
                tenants,
                weight);
    }

    Scenario withNoisyTenant(double factor) {
        return new Scenario(
                canaryPerMinute,
                spread,
                ratio,
                harmHour,
                history,
                driftLogSd,
                driftInHistory,
                outageRate,
                burstSize,
                retries,
                grouped,
                factor,
                tenants,
                weight);
    }

    Scenario withTenants(int count) {
        return new Scenario(
                canaryPerMinute,
                spread,
                ratio,
                harmHour,
                history,
                driftLogSd,
                driftInHistory,
                outageRate,
                burstSize,
                retries,
                grouped,
                noisyFactor,
                count,
                weight);
    }

    Scenario withWeight(double share) {
        return new Scenario(
                canaryPerMinute,
                spread,
                ratio,
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
                share);
    }
}
