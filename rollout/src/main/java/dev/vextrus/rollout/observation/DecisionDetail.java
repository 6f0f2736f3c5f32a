package dev.vextrus.rollout.observation;

import java.util.List;

/**
 * One recorded command and its events in full.
 *
 * @param body the command as canonical JSON
 * @param outcome the events as lines of {@code type stream payload}, or the refusal
 */
public record DecisionDetail(long sequence, String command, String body, List<String> outcome) {
    public DecisionDetail {
        outcome = List.copyOf(outcome);
    }
}
