package dev.vextrus.rollout.gate;

import dev.vextrus.rollout.observation.DecisionPage;
import dev.vextrus.rollout.observation.DecisionPage.DecidedCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether a release decides recorded commands as the other one did (SPEC R8). */
public final class DecisionParity {
    private DecisionParity() {}

    /**
     * A command whose two outcomes differ.
     *
     * @param decidedByCanary whether the canary decided it again, rather than stable
     */
    public record Differing(long sequence, String tenant, String command, String recordedBy, boolean decidedByCanary) {}

    /**
     * @param cursor all commands up to here were looked at
     * @param more whether the log holds further commands
     */
    public record Comparison(long compared, List<Differing> differing, long cursor, boolean more) {
        public Comparison {
            differing = List.copyOf(differing);
        }
    }

    /**
     * Each command is decided again by the release that did not record it.
     *
     * @param canaryVersion commands recorded by this version are held against stable, all others against the canary
     */
    public static Comparison compare(
            DecisionPage recorded, DecisionPage byStable, DecisionPage byCanary, String canaryVersion, long after) {
        long last = recorded.decisions().isEmpty()
                ? after
                : recorded.decisions().getLast().sequence();
        // A release that pages shorter, or lags, must not let a command slip through uncompared.
        long upTo = Math.min(last, Math.min(reach(byStable, last), reach(byCanary, last)));
        Map<Long, String> stableDigests = digests(byStable);
        Map<Long, String> canaryDigests = digests(byCanary);
        List<Differing> differing = new ArrayList<>();
        long compared = 0;
        for (DecidedCommand command : recorded.decisions()) {
            if (command.sequence() > upTo) {
                break;
            }
            boolean again = !command.release().equals(canaryVersion);
            String digest = (again ? canaryDigests : stableDigests).get(command.sequence());
            if (digest == null) {
                continue;
            }
            compared++;
            if (!digest.equals(command.digest())) {
                differing.add(new Differing(
                        command.sequence(), command.tenant(), command.command(), command.release(), again));
            }
        }
        boolean more = upTo > after && (recorded.more() || upTo < last);
        return new Comparison(compared, differing, Math.max(after, upTo), more);
    }

    private static long reach(DecisionPage page, long last) {
        return page.more() ? page.next() : Math.max(page.next(), last);
    }

    private static Map<Long, String> digests(DecisionPage page) {
        Map<Long, String> digests = new HashMap<>();
        page.decisions().forEach(d -> digests.put(d.sequence(), d.digest()));
        return digests;
    }
}
