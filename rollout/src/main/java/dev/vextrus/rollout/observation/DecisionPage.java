package dev.vextrus.rollout.observation;

import java.util.List;

/**
 * Recorded commands with a digest of what came, or would come, of each.
 *
 * @param next cursor for the following page
 * @param more whether the log holds further commands
 */
public record DecisionPage(List<DecidedCommand> decisions, long next, boolean more) {

    /** @param release the version that recorded the command */
    public record DecidedCommand(long sequence, String tenant, String command, String release, String digest) {}

    public DecisionPage {
        decisions = List.copyOf(decisions);
    }
}
