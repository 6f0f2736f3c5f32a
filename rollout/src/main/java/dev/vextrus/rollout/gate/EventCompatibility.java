package dev.vextrus.rollout.gate;

import dev.vextrus.rollout.observation.ReleaseInfo;
import java.util.List;

/** One log serves both releases, so the new one may only write what the stable one can read (SPEC R8). */
public final class EventCompatibility {
    private EventCompatibility() {}

    /** Event types and versions that the canary writes and stable cannot read. */
    public static List<String> unreadable(ReleaseInfo stable, ReleaseInfo canary) {
        return canary.writes().stream()
                .filter(type -> !stable.reads().contains(type))
                .sorted()
                .toList();
    }

    public static GateStatus check(ReleaseInfo stable, ReleaseInfo canary) {
        List<String> unreadable = unreadable(stable, canary);
        if (unreadable.isEmpty()) {
            return GateStatus.passed(stable.version() + " reads all "
                    + canary.writes().size() + " kinds of event that " + canary.version() + " writes");
        }
        String kinds = String.join(", ", unreadable);
        return GateStatus.failed(canary.version() + " writes " + kinds + ", which " + stable.version()
                + " cannot read. The first such event is the point of no return: a rollback to " + stable.version()
                + " would leave it with events that it does not understand. First release a version that reads "
                + kinds + " without writing it; raise the write version once that one serves everywhere.");
    }
}
