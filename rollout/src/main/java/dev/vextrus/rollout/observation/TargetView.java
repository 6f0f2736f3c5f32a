package dev.vextrus.rollout.observation;

import dev.vextrus.rollout.plan.ReleaseSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a target shows at one look.
 *
 * @param desired replicas each colour was last told to run; a colour that was stopped or never deployed is absent
 * @param draining colours told to drain and not deployed anew since
 * @param ordered the release that each colour was last told to run, to hold a plan's stable against; empty of a target
 *     whose plans take their stable from the target itself
 * @param routing what the router follows now; null before the first routing
 * @param inFlight requests being answered per colour
 */
public record TargetView(
        List<InstanceView> instances,
        Map<Color, Integer> desired,
        Map<Color, ReleaseSpec> ordered,
        List<Color> draining,
        @Nullable Routing routing,
        Map<Color, Integer> inFlight) {

    public TargetView {
        instances = List.copyOf(instances);
        desired = Map.copyOf(desired);
        ordered = Map.copyOf(ordered);
        draining = List.copyOf(draining);
        inFlight = Map.copyOf(inFlight);
    }

    public List<InstanceView> of(Color color) {
        return instances.stream().filter(i -> i.color() == color).toList();
    }

    public int ready(Color color) {
        return (int)
                instances.stream().filter(i -> i.color() == color && i.ready()).count();
    }

    public int desired(Color color) {
        return desired.getOrDefault(color, 0);
    }
}
