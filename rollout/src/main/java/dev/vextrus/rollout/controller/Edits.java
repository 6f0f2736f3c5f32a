package dev.vextrus.rollout.controller;

import dev.vextrus.rollout.engine.Observation.Edit;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a plan's file differs from the plan that runs. */
final class Edits {
    private Edits() {}

    static @Nullable Edit between(RolloutPlan running, @Nullable RolloutPlan file) {
        if (file == null || file.equals(running)) {
            return null;
        }
        boolean newRelease = !file.canary().equals(running.canary());
        List<String> changed = new ArrayList<>();
        if (newRelease) {
            changed.add("release " + file.canary().version() + " instead of "
                    + running.canary().version());
        }
        if (!file.phases().equals(running.phases())) {
            changed.add("phases");
        }
        if (!file.rollback().equals(running.rollback()) || !file.blind().equals(running.blind())) {
            changed.add("rollback rules");
        }
        if (changed.isEmpty()) {
            changed.add("settings");
        }
        return new Edit(newRelease, Integer.toHexString(file.hashCode()), String.join(", ", changed));
    }
}
