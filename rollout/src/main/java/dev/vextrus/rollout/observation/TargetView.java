package dev.vextrus.rollout.observation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a target shows at one look.
 *
 * @param desired replicas each colour was last told to run; a colour that was stopped or never deployed is absent
 * @param draining colours told to drain and not deployed anew since
 * @param routing what the router follows now; null before the first routing
 * @param inFlight requests being answered per colour
 */
public record TargetView(
        List<InstanceView> instances,
        Map<Color, Integer> desired,
        List<Color> draining,
        @Nullable Routing routing,
        Map<Color, Integer> inFlight) {

    public TargetView {
        instances = List.copyOf(instances);
        desired = Map.copyOf(desired);
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
