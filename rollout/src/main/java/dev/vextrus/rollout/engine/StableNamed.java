package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.InstanceView;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.ReleaseSpec;
import org.jspecify.annotations.Nullable;

/**
 * Whether the release that the plan names as stable is the one that serves. What serves is what a canary is compared with
 * and what a rollback goes back to, whatever a file says; to bring another up in its place, at once and with all traffic,
 * is what a rollout is there to prevent.
 */
final class StableNamed {
    private StableNamed() {}

    /** What serves and what the plan names instead, and the remedy; null where they are one, or where nothing serves yet. */
    static @Nullable String otherServes(Draft draft, TargetView target) {
        Color color = draft.state.roles().stable();
        ReleaseSpec runs = target.ordered().get(color);
        ReleaseSpec named = draft.plan.stable();
        if (runs == null || runs.sameRelease(named) || !everServed(target, color)) {
            return null;
        }
        if (!runs.version().equals(named.version())) {
            return runs.version() + " serves, and the plan names " + named.version()
                    + " as stable, which does not run; name the release that serves, " + runs.version()
                    + ", as spec.stable of the plan";
        }
        return runs.version() + " serves, but the plan's stable " + named.version() + " is another release by its "
                + runs.run().differs(named.run())
                + "; give stable back what it was started with, and roll a change out as a canary with a version of its own";
    }

    /** Instances that never were ready serve nobody: another release may take their place. */
    private static boolean everServed(TargetView target, Color color) {
        return target.of(color).stream().anyMatch(InstanceView::everReady);
    }

    /** Whether the target was told to run the plan's stable release, by the plan's measures. */
    static boolean ordered(Draft draft, TargetView target) {
        ReleaseSpec runs = target.ordered().get(draft.state.roles().stable());
        return runs == null || runs.equals(draft.plan.stable());
    }
}
