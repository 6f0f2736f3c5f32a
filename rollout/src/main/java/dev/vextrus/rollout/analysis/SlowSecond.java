package dev.vextrus.rollout.analysis;

import dev.vextrus.rollout.analysis.Evidence.MetricEvidence;
import dev.vextrus.rollout.analysis.Window.Counts;
import dev.vextrus.rollout.analysis.Window.Exposure;
import org.jspecify.annotations.Nullable;

/**
 * One window's slow requests as {@link ScoreTest} takes them in.
 *
 * <p>How slow a tenant was in the minutes before a rollout says little of how slow it will be, since a few stalls make its
 * whole history. So the canary's share is never taken to be less than its share of requests.
 *
 * @param canary   the canary's part of slow requests, of those that the cap lets count, 0 to 1
 * @param expected the part it should have had, by stable at the same time, or by history where no stable traffic is left
 * @param most     the largest that {@code expected} could have been
 * @param expectedCount the same as {@code expected}, in requests
 */
record SlowSecond(double canary, double expected, double most, double expectedCount) {

    /** Null where there is nothing to compare. */
    static @Nullable SlowSecond of(ShareModel shares, Counts counts, Evidence evidence) {
        double largest = counts.most().canary();
        if (largest <= 0) {
            return null;
        }
        if (Comparison.frozen(shares, Metric.SLOW, false)) {
            MetricEvidence seen = Analysis.metricOf(evidence, Metric.SLOW);
            double byHistory =
                    shares.byHistory(Metric.SLOW) ? counts.byHistory().canary() : 0;
            double byStable = seen.stableRequests() == 0
                    ? 0
                    : counts.byRequests().canary() * (seen.stableCount() + 1.0) / seen.stableRequests();
            double expected =
                    Math.max(byHistory, byStable) * shares.frozenMargin(Metric.SLOW, seen.stableCount(), true);
            return expected <= 0 ? null : frozen(counts.canary(), largest, expected);
        }
        return concurrent(counts, counts.byHistory(), counts.byRequests(), shares.upperMargin(Metric.SLOW));
    }

    /** For one tenant of the canary: {@code own} holds its counts and exposures beside those of all of stable. */
    static @Nullable SlowSecond ofTenant(ShareModel shares, String tenant, Counts own) {
        if (own.most().canary() <= 0) {
            return null;
        }
        double margin = shares.tenantMargin(tenant, Metric.SLOW);
        return Comparison.frozen(shares, Metric.SLOW, false)
                ? frozen(own.canary(), own.most().canary(), own.byHistory().canary() * margin)
                : concurrent(own, own.byHistory(), own.byRequests(), margin);
    }

    private static SlowSecond frozen(long count, double largest, double expected) {
        return new SlowSecond(count / largest, Math.min(1, expected / largest), 1, expected);
    }

    private static @Nullable SlowSecond concurrent(
            Counts counts, Exposure byHistory, Exposure byRequests, double margin) {
        double share = Math.max(byHistory.share(margin), byRequests.share(1));
        if (share >= 1 || counts.most().stable() <= 0) {
            return null;
        }
        double odds = share / (1 - share);
        double largest = counts.most().canary();
        return new SlowSecond(
                counts.canary() / largest,
                odds * counts.stable() / largest,
                odds * counts.most().stable() / largest,
                odds * counts.stable());
    }
}
