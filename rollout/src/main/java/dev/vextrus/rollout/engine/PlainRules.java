package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.plan.RollbackRules;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules that people know ("error rate above 1 % for 5 minutes"), made safe: they act on the canary only where stable
 * does not show the same, with enough distinct faults, and with a one-sided bound above the threshold. As plain means they
 * would roll back most good releases at low traffic.
 */
final class PlainRules {
    /** Chance of so many faults under a rate at the threshold, below which the threshold counts as exceeded. */
    private static final double SURPRISE = 0.001;

    private static final double MANY = 500;

    private PlainRules() {}

    /**
     * A rule that the canary breaks.
     *
     * @param shared whether stable breaks it as well
     */
    record Broken(ReasonCode reason, boolean shared, String message, Map<String, Double> numbers) {}

    /** The first broken rule; null for none. */
    static @Nullable Broken judge(RecentTraffic recent, RollbackRules rules, Instant now) {
        Broken errors = errors(recent.since(now.minus(rules.errorWindow()).getEpochSecond()), rules);
        return errors != null
                ? errors
                : latency(recent.since(now.minus(rules.latencyWindow()).getEpochSecond()), rules);
    }

    private static @Nullable Broken errors(RecentTraffic.Slice slice, RollbackRules rules) {
        Tally canary = slice.canary();
        if (canary.faults() < rules.minDistinctFaults()
                || chance(canary.faults(), canary.requests() * rules.maxErrorRate()) >= SURPRISE) {
            return null;
        }
        boolean shared = slice.stable().errorRate() > rules.maxErrorRate();
        return new Broken(
                ReasonCode.ERROR_RATE,
                shared,
                String.format(
                        Locale.ROOT,
                        "%d of %d requests failed (%.2f %%; the plan allows %.2f %%), stable %.2f %%",
                        canary.faults(),
                        canary.requests(),
                        100 * canary.errorRate(),
                        100 * rules.maxErrorRate(),
                        100 * slice.stable().errorRate()),
                Map.of(
                        "canaryErrorRate", canary.errorRate(),
                        "stableErrorRate", slice.stable().errorRate(),
                        "maxErrorRate", rules.maxErrorRate(),
                        "canaryRequests", (double) canary.requests(),
                        "canaryFaults", (double) canary.faults()));
    }

    private static @Nullable Broken latency(RecentTraffic.Slice slice, RollbackRules rules) {
        double stable = slice.stable().p95Millis();
        double bound = rules.maxP95Millis();
        if (slice.stable().timed() > 0) {
            bound = Math.min(bound, Math.max(rules.p95RatioFloorMillis(), stable * rules.maxP95Ratio()));
        }
        Tally canary = slice.canary();
        long over = canary.slowerThan(bound);
        if (over < rules.minDistinctFaults() || chance(over, canary.timed() * 0.05) >= SURPRISE) {
            return null;
        }
        double p95 = canary.p95Millis();
        return new Broken(
                ReasonCode.LATENCY,
                stable > rules.maxP95Millis(),
                String.format(Locale.ROOT, "P95 is %.0f ms (bound %.0f ms), stable %.0f ms", p95, bound, stable),
                Map.of("canaryP95Millis", p95, "stableP95Millis", stable, "boundMillis", bound));
    }

    /** P(X >= count) of a Poisson X: an upper bound of the binomial's tail at these small rates. */
    static double chance(long count, double mean) {
        if (mean <= 0) {
            return count > 0 ? 0 : 1;
        }
        if (mean > MANY) {
            // e^-mean would vanish; the bound of a normal tail is close enough here and errs on the safe side.
            double deviations = (count - mean) / Math.sqrt(mean);
            return deviations <= 0 ? 1 : Math.exp(-deviations * deviations / 2);
        }
        double term = Math.exp(-mean);
        double below = 0;
        for (long k = 0; k < count; k++) {
            below += term;
            term *= mean / (k + 1);
        }
        return Math.max(0, 1 - below);
    }
}
