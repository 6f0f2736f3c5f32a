package dev.vextrus.rollout.observation;

import java.util.List;

/**
 * Recorded commands with a digest of what came, or would come, of each.
 *
 * @param next cursor for the following page
 * @param more whether the log holds further commands
 * @param head sequence of the newest recorded command when this was asked; {@link #UNTOLD} where the release does not say
 */
public record DecisionPage(List<DecidedCommand> decisions, long next, boolean more, long head) {
    public static final long UNTOLD = -1;

    /** @param release the version that recorded the command */
    public record DecidedCommand(long sequence, String tenant, String command, String release, String digest) {}

    public DecisionPage {
        decisions = List.copyOf(decisions);
    }
}
