package dev.vextrus.rollout.analysis;

import java.util.List;

/**
 * State of one test by {@link RatioTest}: a wager whose capital is spread over ratios and start times.
 *
 * @param logWealth for each ratio of the grid, ln of the capital that has been put on it so far, with its gains
 * @param spent     share of the capital of 1 that has been put on ratios; the rest waits for later starts
 */
public record RatioEvidence(List<Double> logWealth, double spent) {
    public RatioEvidence {
        logWealth = List.copyOf(logWealth);
    }
}
