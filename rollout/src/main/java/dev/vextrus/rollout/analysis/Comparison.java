package dev.vextrus.rollout.analysis;

import dev.vextrus.rollout.analysis.Evidence.MetricEvidence;
import dev.vextrus.rollout.analysis.Evidence.ShareUsed;
import dev.vextrus.rollout.analysis.Window.Counts;
import dev.vextrus.rollout.analysis.Window.Exposure;
import dev.vextrus.rollout.analysis.Window.TenantCount;

/**
 * What the canary's count of a window is compared with: the stable release at the same time, or history where next to no
 * stable traffic is left. Shares and expectations come as a pair of limits, since the test for harm and the test for safety
 * must each err on its own side.
 *
 * @param used     what the report says of it
 * @param frozen   whether history stands in for the stable release
 * @param upper    for harm: the share, or the expected count where frozen
 * @param lower    for safety: the same
 * @param odds     best estimate of the canary's expected faults per stable fault
 * @param expected best estimate of the canary's expected count, where frozen
 */
record Comparison(ShareUsed used, boolean frozen, double upper, double lower, double odds, double expected) {

    static Comparison of(ShareModel shares, Metric metric, Counts counts, boolean ill, Evidence evidence) {
        if (frozen(shares, metric, ill)) {
            return frozen(shares, metric, counts.byHistory().canary(), evidence);
        }
        double upper = shares.upperMargin(metric);
        return concurrent(
                shares.byHistory(metric),
                counts.byHistory(),
                counts.byRequests(),
                ill,
                upper,
                shares.lowerMargin(metric));
    }

    /** For one tenant of the canary against all of stable; only the limit for harm is of use. */
    static Comparison ofTenant(
            ShareModel shares, Metric metric, String tenant, TenantCount own, Counts all, boolean ill) {
        double margin = shares.tenantMargin(tenant, metric);
        if (frozen(shares, metric, ill)) {
            ShareUsed used = new ShareUsed(shares.expectedShare(metric), ShareSource.FROZEN_HISTORY);
            return new Comparison(used, true, own.byHistory() * margin, 0, 0, own.byHistory());
        }
        Exposure byHistory = new Exposure(own.byHistory(), all.byHistory().stable());
        Exposure byRequests = new Exposure(own.byRequests(), all.byRequests().stable());
        return concurrent(shares.byHistory(metric), byHistory, byRequests, ill, margin, 1);
    }

    /** Whether too little stable traffic is left to compare with; in an outage what is left of it still tells more. */
    static boolean frozen(ShareModel shares, Metric metric, boolean ill) {
        return !ill && shares.expectedShare(metric) > shares.settings().frozenAbove();
    }

    private static Comparison concurrent(
            boolean known,
            Exposure byHistory,
            Exposure byRequests,
            boolean ill,
            double upperMargin,
            double lowerMargin) {
        double upper = byHistory.share(upperMargin);
        double lower = byHistory.share(lowerMargin);
        ShareSource source = known ? ShareSource.BASELINES : ShareSource.REQUESTS;
        if (ill) {
            double requests = byRequests.share(1);
            upper = Math.max(upper, requests);
            lower = Math.min(lower, requests);
            source = ShareSource.OUTAGE;
        }
        double odds = byHistory.stable() > 0 ? byHistory.canary() / byHistory.stable() : 0;
        return new Comparison(new ShareUsed(byHistory.share(1), source), false, upper, lower, odds, 0);
    }

    private static Comparison frozen(ShareModel shares, Metric metric, double exposure, Evidence evidence) {
        MetricEvidence seen = Analysis.metricOf(evidence, metric);
        if (!shares.byHistory(metric) && seen.stableRequests() == 0) {
            // Nothing to compare with at all: a share of 1 leaves the evidence as it is.
            return new Comparison(new ShareUsed(1, ShareSource.FROZEN_STABLE), false, 1, 1, 0, 0);
        }
        double expected =
                shares.byHistory(metric) ? exposure : exposure * (seen.stableCount() + 1.0) / seen.stableRequests();
        ShareSource source = shares.byHistory(metric) ? ShareSource.FROZEN_HISTORY : ShareSource.FROZEN_STABLE;
        return new Comparison(
                new ShareUsed(shares.expectedShare(metric), source),
                true,
                expected * shares.frozenMargin(metric, seen.stableCount(), true),
                expected * shares.frozenMargin(metric, seen.stableCount(), false),
                0,
                expected);
    }

    RatioEvidence absorb(RatioTest test, RatioEvidence before, double spent, Counts counts, boolean harm) {
        double limit = harm ? upper : lower;
        return frozen
                ? test.frozen(before, spent, limit, counts.canary())
                : counts.canary() + counts.stable() == 0
                        ? before
                        : test.concurrent(before, spent, limit, counts.canary(), counts.stable());
    }

    /** The canary's count were it like stable, at the limit for harm. */
    double expectedAtMost(long stable) {
        return frozen ? upper : upper >= 1 ? Double.POSITIVE_INFINITY : upper / (1 - upper) * stable;
    }

    /** The canary's count were it like stable, in a window with this many stable faults. */
    double expectedCanary(long stable) {
        return frozen ? expected : odds * stable;
    }
}
