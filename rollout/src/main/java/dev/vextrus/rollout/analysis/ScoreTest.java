package dev.vextrus.rollout.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * An e-process against "in the mean, second by second, the canary's part of slow requests is at most {@code r0} times what it
 * would be under the stable release", whatever the shape of its distribution.
 *
 * <p>Slow requests are no independent faults: what stalls a process for a second makes a hundred of them. So a second is one
 * observation, its score x - r0 y in [-r0, 1], x being the canary's part of slow requests and y what stable's says it should
 * be, both between 0 and 1. Capital on the bet b is multiplied by 1 + b (x - r0 y), which is never negative and has a mean of
 * at most 1 as long as the score's mean, given the past, is at most 0: all that is asked of the requests within a second is
 * that mean. A second can so multiply the capital by less than 1 + 1/r0, were all its requests slow. Mixed over bets and, as
 * in {@link RatioTest}, over start times. Source: Waudby-Smith and Ramdas, "Estimating means of bounded random variables by
 * betting", JRSS B 2024 (arXiv 2010.09686).
 */
final class ScoreTest {
    /** Bets as parts of the largest that may not lose everything, and how the capital is spread over them. */
    private static final double[] PARTS = {0.25, 0.6, 0.95};

    private static final double[] WEIGHTS = {0.2, 0.3, 0.5};

    private final double nullRatio;

    ScoreTest(double nullRatio) {
        this.nullRatio = nullRatio;
    }

    /** @param spent share of the capital that starts at once, above 0, at most 1 */
    RatioEvidence start(double spent) {
        List<Double> wealth = new ArrayList<>(PARTS.length);
        for (double weight : WEIGHTS) {
            wealth.add(Math.log(spent * weight));
        }
        return new RatioEvidence(wealth, spent);
    }

    /**
     * Takes in a second.
     *
     * @param spent    share of the capital to be on bets before it
     * @param canary   the canary's part of slow requests, 0 to 1
     * @param expected the part that it should have had, 0 to {@code most}
     * @param most     the largest that {@code expected} could have been; where that is above 1, bets are the smaller
     */
    RatioEvidence observe(RatioEvidence before, double spent, double canary, double expected, double most) {
        double fresh = Math.max(0, spent - before.spent());
        double score = (canary - nullRatio * Math.min(expected, most)) / Math.max(1, most);
        Double[] wealth = new Double[PARTS.length];
        for (int j = 0; j < PARTS.length; j++) {
            double put = before.logWealth().get(j);
            double staked = fresh > 0 ? Numerics.logAddExp(put, Math.log(fresh * WEIGHTS[j])) : put;
            wealth[j] = staked + Math.log1p(PARTS[j] / nullRatio * score);
        }
        return new RatioEvidence(List.of(wealth), Math.max(spent, before.spent()));
    }
}
