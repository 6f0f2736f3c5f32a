package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Says of a resource that it is not carried out, and why, and leaves everything else of its status alone. */
final class Refusals {
    private Refusals() {}

    static void write(Surroundings around, PhasedRollout resource, String reason, String message) {
        PhasedRolloutStatus status = resource.getStatus();
        List<Condition> before = status == null ? null : status.conditions();
        List<Condition> next = Conditions.refused(
                resource, reason, message, before, around.clock().instant());
        if (before != null && before.stream().anyMatch(c -> same(c, next.getFirst()))) {
            return;
        }
        new KubernetesEvents(around.client(), around.clock(), resource).say(reason, message, true);
        around.client()
                .resources(PhasedRollout.class)
                .inNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of(
                                "status",
                                Map.of("phase", "Refused", "next", "mend the resource", "conditions", next))));
    }

    private static boolean same(Condition a, Condition b) {
        return Objects.equals(a.getType(), b.getType())
                && Objects.equals(a.getStatus(), b.getStatus())
                && Objects.equals(a.getReason(), b.getReason())
                && Objects.equals(a.getMessage(), b.getMessage());
    }
}
