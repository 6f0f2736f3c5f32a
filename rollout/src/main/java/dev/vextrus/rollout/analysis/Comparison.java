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

    static Comparison of(
            AnalysisSettings settings,
            ShareModel shares,
            Metric metric,
            Counts counts,
            boolean ill,
            Evidence evidence) {
        if (frozen(settings, shares, metric, ill)) {
            double variance = shares.canaryVariance(metric);
            return frozen(shares, metric, counts.byHistory().canary(), variance, settings.shareZ(), evidence);
        }
        return concurrent(
                shares, counts.byHistory(), counts.byRequests(), ill, shares.oddsVariance(metric), settings.shareZ());
    }

    /** For one tenant of the canary against all of stable; surer limits, since there are many tenants to be wrong about. */
    static Comparison ofTenant(
            AnalysisSettings settings,
            ShareModel shares,
            Metric metric,
            String tenant,
            TenantCount own,
            Counts all,
            boolean ill,
            Evidence evidence) {
        double z = settings.shareZ() + Math.sqrt(2 * Math.log(Math.max(1, shares.canaryTenants())));
        double variance = shares.tenantOddsVariance(tenant, metric);
        if (frozen(settings, shares, metric, ill)) {
            return frozen(shares, metric, own.byHistory(), variance, z, evidence);
        }
        return concurrent(
                shares,
                new Exposure(own.byHistory(), all.byHistory().stable()),
                new Exposure(own.byRequests(), all.byRequests().stable()),
                ill,
                variance,
                z);
    }

    /** Whether too little stable traffic is left to compare with; in an outage what is left of it still tells more. */
    static boolean frozen(AnalysisSettings settings, ShareModel shares, Metric metric, boolean ill) {
        return !ill && shares.expectedShare(metric) > settings.frozenAbove();
    }

    private static Comparison concurrent(
            ShareModel shares, Exposure byHistory, Exposure byRequests, boolean ill, double variance, double z) {
        double upper = byHistory.share(Numerics.gammaQuantile(variance, z));
        double lower = byHistory.share(Numerics.gammaQuantile(variance, -z));
        ShareSource source = shares.byHistory() ? ShareSource.BASELINES : ShareSource.REQUESTS;
        if (ill) {
            double requests = byRequests.share(1);
            upper = Math.max(upper, requests);
            lower = Math.min(lower, requests);
            source = ShareSource.OUTAGE;
        }
        double odds = byHistory.stable() > 0 ? byHistory.canary() / byHistory.stable() : 0;
        return new Comparison(new ShareUsed(byHistory.share(1), source), false, upper, lower, odds, 0);
    }

    private static Comparison frozen(
            ShareModel shares, Metric metric, double exposure, double variance, double z, Evidence evidence) {
        double share = shares.expectedShare(metric);
        if (shares.byHistory()) {
            return new Comparison(
                    new ShareUsed(share, ShareSource.FROZEN_HISTORY),
                    true,
                    exposure * Numerics.gammaQuantile(variance, z),
                    exposure * Numerics.gammaQuantile(variance, -z),
                    0,
                    exposure);
        }
        MetricEvidence seen = Analysis.metricOf(evidence, metric);
        if (seen.stableRequests() == 0) {
            // Nothing to compare with at all: a share of 1 leaves the evidence as it is.
            return new Comparison(new ShareUsed(1, ShareSource.FROZEN_STABLE), false, 1, 1, 0, 0);
        }
        double rate = (seen.stableCount() + 1.0) / seen.stableRequests();
        double pooled = 1.0 / (seen.stableCount() + 1) + shares.drift(metric);
        return new Comparison(
                new ShareUsed(share, ShareSource.FROZEN_STABLE),
                true,
                exposure * rate * Numerics.gammaQuantile(pooled, z),
                exposure * rate * Numerics.gammaQuantile(pooled, -z),
                0,
                exposure * rate);
    }

    RatioEvidence absorb(RatioTest test, RatioEvidence before, double spent, Counts counts, boolean harm) {
        double limit = harm ? upper : lower;
        return frozen
                ? test.frozen(before, spent, limit, counts.canary())
                : counts.canary() + counts.stable() == 0
                        ? before
                        : test.concurrent(before, spent, limit, counts.canary(), counts.stable());
    }

    /** The canary's count were it like stable, in a window with this many stable faults. */
    double expectedCanary(long stable) {
        return frozen ? expected : odds * stable;
    }
}
