package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.observation.InstanceView;
import dev.vextrus.rollout.observation.TargetView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the release that a rollout may have to go back to comes up at all. */
final class StableStart {
    private StableStart() {}

    /**
     * Says each end of an instance when it is seen, so that nobody waits for a deadline to learn of it.
     *
     * @param known how many of its ends were told before
     */
    static void tell(Draft draft, InstanceView stable, int known) {
        if (!stable.ready() && stable.exits() > known) {
            draft.note("stable " + stable.version() + " is not ready: " + stable.id() + " has ended " + stable.exits()
                    + " time(s) and is started again" + last(stable));
        }
    }

    /** The instance that ends as often as makes a crash loop, so that waiting on would show nothing new; null for none. */
    static @Nullable InstanceView looping(Draft draft, TargetView target) {
        for (InstanceView stable : target.of(draft.state.roles().stable())) {
            if (!stable.ready()
                    && Trips.crashes(draft, stable) >= draft.plan.rollback().crashLoopRestarts()) {
                return stable;
            }
        }
        return null;
    }

    /** Why there is nothing to go back to. */
    static String missing(Draft draft, TargetView target) {
        List<InstanceView> stables = target.of(draft.state.roles().stable());
        InstanceView looping = looping(draft, target);
        String died = looping != null
                ? "; crash-looping: " + Trips.died(draft, looping, Trips.crashes(draft, looping))
                : stables.stream()
                        .filter(stable -> stable.lastExit() != null)
                        .findFirst()
                        .map(StableStart::last)
                        .orElse("");
        return "stable " + draft.state.roles().stableVersion() + " is not ready: "
                + target.ready(draft.state.roles().stable()) + " of " + draft.plan.stableReplicas() + died;
    }

    private static String last(InstanceView stable) {
        return stable.lastExit() == null ? "" : "; last: " + stable.lastExit();
    }
}
