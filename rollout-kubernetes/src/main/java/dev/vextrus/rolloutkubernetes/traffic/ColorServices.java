package dev.vextrus.rolloutkubernetes.traffic;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rollout.port.TargetUnavailable;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.Names;
import dev.vextrus.rolloutkubernetes.workload.Standing;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** A Service for each colour, for routers that divide requests between two Services. */
final class ColorServices {
    private final KubernetesClient cluster;
    private final ClusterWorkloadSettings settings;

    ColorServices(KubernetesClient cluster, ClusterWorkloadSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    /** Makes both; a colour that was never deployed gets its Service for the other's port, and no endpoint. */
    void stand(Standing standing) {
        for (Color color : Color.values()) {
            Optional<RunSpec.PodTemplate> template =
                    standing.template(color).or(() -> standing.template(color.other()));
            String port = template.map(RunSpec.PodTemplate::servingPort)
                    .orElseThrow(() -> new TargetUnavailable(
                            "stable: nothing was deployed that a service could send requests to", null));
            cluster.resource(service(color, port))
                    .fieldManager(Names.FIELD_MANAGER)
                    .forceConflicts()
                    .serverSideApply();
        }
    }

    private Service service(Color color, String port) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(settings.namespace())
                .withName(Names.of(settings.name(), color))
                .withLabels(Names.selector(settings.name(), color))
                .endMetadata()
                .withNewSpec()
                .withSelector(Names.selector(settings.name(), color))
                .addNewPort()
                .withName("http")
                .withPort(settings.servicePort())
                .withTargetPort(new IntOrString(port))
                .endPort()
                .endSpec()
                .build();
    }
}
