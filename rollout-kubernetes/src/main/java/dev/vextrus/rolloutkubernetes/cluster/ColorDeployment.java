package dev.vextrus.rolloutkubernetes.cluster;

import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.Names;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.Map;

/** A colour's Deployment as it should be. */
final class ColorDeployment {
    /** Ready for so long before it counts when pods are replaced in place. */
    private static final int MIN_READY_SECONDS = 5;

    private ColorDeployment() {}

    /**
     * Owned by nothing: deleting the {@code PhasedRollout} must not take away what serves. It keeps no revisions, since
     * undoing one colour's last change is not undoing the rollout's.
     *
     * @throws IllegalArgumentException where the release is no pod template
     */
    static Deployment of(ClusterWorkloadSettings settings, Color color, ReleaseSpec release, int replicas) {
        RunSpec.PodTemplate template = template(release);
        Map<String, String> own = labels(settings, color, release);
        int deadline =
                (int) Math.max(MIN_READY_SECONDS + 1, release.readyWithin().toSeconds());
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(settings.namespace())
                .withName(Names.of(settings.name(), color))
                .withLabels(own)
                .addToAnnotations(Names.RELEASE_HASH, template.hash())
                .addToAnnotations(Names.ORDERED, RolloutJson.mapper().writeValueAsString(release))
                .addToAnnotations(Names.REPLICAS, Integer.toString(replicas))
                .addToAnnotations(Names.DRAINING, "false")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withRevisionHistoryLimit(0)
                .withMinReadySeconds(MIN_READY_SECONDS)
                .withProgressDeadlineSeconds(deadline)
                .withNewSelector()
                .withMatchLabels(Names.selector(settings.name(), color))
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString("25%"))
                .withMaxUnavailable(new IntOrString(0))
                .endRollingUpdate()
                .endStrategy()
                .withTemplate(labelled(template, own))
                .endSpec()
                .build();
    }

    static RunSpec.PodTemplate template(ReleaseSpec release) {
        return switch (release.run()) {
            case RunSpec.PodTemplate template -> template;
            case RunSpec.Program _ ->
                throw new IllegalArgumentException("release: " + release.name() + " " + release.version()
                        + " is a program; the Kubernetes target runs pods, so give it a pod template");
        };
    }

    private static Map<String, String> labels(ClusterWorkloadSettings settings, Color color, ReleaseSpec release) {
        String version = Names.labelValue(release.version());
        Map<String, String> labels = new HashMap<>(Names.selector(settings.name(), color));
        labels.put(Names.VERSION, version);
        labels.put("app.kubernetes.io/name", Names.labelValue(release.name()));
        labels.put("color", color.label());
        labels.put("version", version);
        return labels;
    }

    /** The template's labels stay, but for those that tell the colours apart. */
    private static PodTemplateSpec labelled(RunSpec.PodTemplate template, Map<String, String> own) {
        PodTemplateSpec spec = Serialization.unmarshal(template.template(), PodTemplateSpec.class);
        Map<String, String> labels = new HashMap<>();
        if (spec.getMetadata() != null && spec.getMetadata().getLabels() != null) {
            labels.putAll(spec.getMetadata().getLabels());
        }
        labels.putAll(own);
        labels.remove(Names.SERVING); // is set on pods, one by one
        return new PodTemplateSpecBuilder(spec)
                .editOrNewMetadata()
                .withLabels(labels)
                .addToAnnotations(Names.RELEASE_HASH, template.hash())
                .endMetadata()
                .build();
    }
}
