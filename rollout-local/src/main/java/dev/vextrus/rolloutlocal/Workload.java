package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.ReleaseSpec;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What should run, as it was last ordered, and what was started for it. Written before anything is done.
 *
 * @param desired by colour; a colour that was stopped or never deployed is absent
 * @param instances all that have not ended for good
 * @param counters the number of the last instance of each colour, so that no id comes back
 */
record Workload(Map<Color, Desired> desired, List<InstanceRecord> instances, Map<Color, Integer> counters) {
    /** A colour's order. */
    record Desired(ReleaseSpec release, int replicas, boolean draining) {}

    Workload {
        desired = Map.copyOf(desired);
        instances = List.copyOf(instances);
        counters = Map.copyOf(counters);
    }

    static Workload none() {
        return new Workload(Map.of(), List.of(), Map.of());
    }

    Workload with(Color color, @Nullable Desired order) {
        Map<Color, Desired> changed = new EnumMap<>(Color.class);
        changed.putAll(desired);
        if (order == null) {
            changed.remove(color);
        } else {
            changed.put(color, order);
        }
        return new Workload(changed, instances, counters);
    }

    Workload withInstances(List<InstanceRecord> changed) {
        return new Workload(desired, changed, counters);
    }

    Workload counted(Color color) {
        Map<Color, Integer> changed = new HashMap<>(counters);
        changed.merge(color, 1, Integer::sum);
        return new Workload(desired, instances, changed);
    }
}
