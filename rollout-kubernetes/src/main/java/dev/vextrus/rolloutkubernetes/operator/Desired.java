package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.planfile.Reading;
import dev.vextrus.rollout.planfile.SpecReader;
import dev.vextrus.rolloutkubernetes.operator.Revisions.Revision;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which release a resource asks for, and the plan by which it is to come. */
final class Desired {
    /** Kind of target, as reports name it. */
    static final String TARGET = "kubernetes";

    private final KubernetesClient client;
    private final Revisions revisions;
    private @Nullable Map<String, Object> lastTemplate;
    private @Nullable PhasedRolloutSpec lastSpec;
    private @Nullable Revision last;

    Desired(KubernetesClient client, Revisions revisions) {
        this.client = client;
        this.revisions = revisions;
    }

    /**
     * The release of the template, numbered.
     *
     * @throws IllegalArgumentException if there is no template, with the remedy
     */
    Revision revision(PhasedRollout resource) {
        PhasedRolloutSpec spec = resource.getSpec();
        Map<String, Object> template = template(client, resource);
        Revision known = last;
        if (known != null && template.equals(lastTemplate) && sameRun(spec, lastSpec)) {
            return known;
        }
        Revision fresh =
                revisions.of(ReleaseOfTemplate.of(resource.getMetadata().getName(), spec, template));
        lastTemplate = template;
        lastSpec = spec;
        last = fresh;
        return fresh;
    }

    private static boolean sameRun(PhasedRolloutSpec a, @Nullable PhasedRolloutSpec b) {
        return b != null
                && Objects.equals(a.container(), b.container())
                && Objects.equals(a.servingPort(), b.servingPort())
                && Objects.equals(a.managementPort(), b.managementPort())
                && Objects.equals(a.slowerThan(), b.slowerThan())
                && Objects.equals(a.readyWithin(), b.readyWithin());
    }

    /**
     * The pods of the release that {@code resource} asks for.
     *
     * @throws IllegalArgumentException if there is none, with the remedy
     */
    static Map<String, Object> template(KubernetesClient client, PhasedRollout resource) {
        PhasedRolloutSpec spec = resource.getSpec();
        if (spec.template() != null) {
            return spec.template();
        }
        String name = spec.workloadRef() == null ? "" : spec.workloadRef().name();
        Deployment deployment = name.isEmpty()
                ? null
                : client.apps()
                        .deployments()
                        .inNamespace(resource.getMetadata().getNamespace())
                        .withName(name)
                        .get();
        if (deployment == null) {
            throw new IllegalArgumentException("spec.workloadRef: there is no Deployment '" + name + "' in "
                    + resource.getMetadata().getNamespace() + "; name one, or give spec.template");
        }
        return mapOf(client, deployment.getSpec().getTemplate());
    }

    @SuppressWarnings("unchecked") // a pod template is a JSON object
    private static Map<String, Object> mapOf(KubernetesClient client, Object template) {
        return client.getKubernetesSerialization().convertValue(template, Map.class);
    }

    static Reading<RolloutPlan> plan(PhasedRollout resource, ReleaseSpec stable, ReleaseSpec canary, int replicas) {
        return SpecReader.read(
                resource.getMetadata().getName(),
                TARGET,
                resource.getSpec().plan(),
                stable,
                canary,
                Cohorting.drawn(resource.getSpec()),
                replicas);
    }
}
