package dev.vextrus.rollout.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * An e-process against "the canary's rate is {@code nullRatio} times what it would be under the stable release, or
 * nearer to 1 than that", mixed over a grid of ratios beyond it and over start times.
 *
 * <p>Given the c + s faults of a window, c is binomial with probability theta(r) = rho r / (rho r + 1 - rho). Capital put
 * on ratio r is multiplied by likelihood(r) / likelihood(nullRatio), whose mean is at most 1 under every ratio on the
 * null's side, so the whole capital exceeds 1/alpha at any time with probability at most alpha (Ville). Capital that
 * enters at a later time is a start time of its own; putting in a little before every window mixes over all of them
 * without keeping them apart, as in Shiryaev and Roberts' recursion. Sources: Lindon and Malek, NeurIPS 2022
 * (arXiv 2011.03567); Ramdas, Gruenwald, Vovk and Shafer 2023 (arXiv 2210.01948).
 */
final class RatioTest {
    private static final List<Double> TOLERABLE = List.of(0.25, 0.5, 0.75, 1.0);

    private final double nullRatio;
    private final double[] ratios;
    private final double logWeight;

    RatioTest(double nullRatio, List<Double> ratios) {
        this.nullRatio = nullRatio;
        this.ratios = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        this.logWeight = -Math.log(ratios.size());
    }

    static RatioTest ofHarm(AnalysisSettings settings) {
        return new RatioTest(settings.harmfulRatio(), settings.ratios());
    }

    /** Against "at least the tolerated ratio", over ratios under which a canary is safe. */
    static RatioTest ofTolerance(AnalysisSettings settings) {
        return new RatioTest(settings.toleratedRatio(), TOLERABLE);
    }

    /** @param spent share of the capital that starts at once, above 0, at most 1 */
    RatioEvidence start(double spent) {
        List<Double> wealth = new ArrayList<>(ratios.length);
        for (int j = 0; j < ratios.length; j++) {
            wealth.add(Math.log(spent) + logWeight);
        }
        return new RatioEvidence(wealth, spent);
    }

    /**
     * Takes in a window in which canary and stable are compared at the same time.
     *
     * @param spent  share of the capital to be on ratios before this window
     * @param share  rho, 0 to 1
     */
    RatioEvidence concurrent(RatioEvidence before, double spent, double share, long canary, long stable) {
        double logNull = Math.log(share * nullRatio + 1 - share);
        return update(
                before,
                spent,
                ratio -> (canary == 0 ? 0 : canary * Math.log(ratio / nullRatio))
                        + (canary + stable) * (logNull - Math.log(share * ratio + 1 - share)));
    }

    /**
     * Takes in a window in which the canary is compared with the count expected from history: Poisson likelihoods.
     *
     * @param expected the canary's count were it as good as its tenants' history
     */
    RatioEvidence frozen(RatioEvidence before, double spent, double expected, long canary) {
        return update(before, spent, ratio -> canary * Math.log(ratio / nullRatio) - (ratio - nullRatio) * expected);
    }

    /** ln of the e-value: what is on the ratios and what still waits. */
    static double logEValue(RatioEvidence evidence) {
        double log = evidence.spent() >= 1 ? Double.NEGATIVE_INFINITY : Math.log(1 - evidence.spent());
        for (double wealth : evidence.logWealth()) {
            log = Numerics.logAddExp(log, wealth);
        }
        return log;
    }

    /** Whether {@link #logEValue} may reach {@code needed}, told from the largest of its parts. */
    static boolean mayReach(RatioEvidence evidence, double needed) {
        double largest = 0;
        for (double wealth : evidence.logWealth()) {
            largest = Math.max(largest, wealth);
        }
        return largest + Math.log(evidence.logWealth().size() + 1.0) >= needed;
    }

    private RatioEvidence update(RatioEvidence before, double spent, LogFactor factor) {
        double fresh = spent - before.spent();
        double logFresh = fresh > 0 ? Math.log(fresh) + logWeight : Double.NEGATIVE_INFINITY;
        Double[] wealth = new Double[ratios.length];
        for (int j = 0; j < ratios.length; j++) {
            double put = before.logWealth().get(j);
            wealth[j] = (fresh > 0 ? Numerics.logAddExp(put, logFresh) : put) + factor.of(ratios[j]);
        }
        return new RatioEvidence(List.of(wealth), Math.max(spent, before.spent()));
    }

    @FunctionalInterface
    private interface LogFactor {
        double of(double ratio);
    }
}
