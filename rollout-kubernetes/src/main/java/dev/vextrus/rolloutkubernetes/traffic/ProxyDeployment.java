package dev.vextrus.rolloutkubernetes.traffic;

import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.Names;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Map;

/** The proxy's Deployment: ready only once it has a routing, so that the Service never sends a request to one without. */
final class ProxyDeployment {
    static final int PORT = 8080;
    static final int CONTROL_PORT = 8081;

    private static final int END_SECONDS = 40;

    private ProxyDeployment() {}

    static Map<String, String> selector(ClusterWorkloadSettings settings) {
        return Map.of(Names.ROLLOUT, settings.name(), Names.PART, "proxy");
    }

    static Deployment of(ClusterWorkloadSettings settings, RouterChoice.Proxy choice) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(settings.namespace())
                .withName(Names.proxy(settings.name()))
                .withLabels(selector(settings))
                .endMetadata()
                .withNewSpec()
                .withReplicas(choice.replicas())
                .withNewSelector()
                .withMatchLabels(selector(settings))
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString(1))
                .withMaxUnavailable(new IntOrString(0))
                .endRollingUpdate()
                .endStrategy()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(selector(settings))
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds((long) END_SECONDS)
                .withAutomountServiceAccountToken(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container(settings, choice))
                .addNewVolume()
                .withName("tmp")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static Container container(ClusterWorkloadSettings settings, RouterChoice.Proxy choice) {
        return new ContainerBuilder()
                .withName("proxy")
                .withImage(choice.image())
                .withEnv(environment(settings))
                .addNewPort()
                .withName("http")
                .withContainerPort(PORT)
                .endPort()
                .addNewPort()
                .withName("control")
                .withContainerPort(CONTROL_PORT)
                .endPort()
                .withNewReadinessProbe()
                .withNewHttpGet()
                .withPath("/health/ready")
                .withPort(new IntOrString(CONTROL_PORT))
                .endHttpGet()
                .withPeriodSeconds(1)
                // All requests go through few proxies: if each left the Service for answering late on a node that is
                // out of
                // breath, nobody would serve. The price: one that hangs is asked for some 15 s longer.
                .withTimeoutSeconds(3)
                .withFailureThreshold(5)
                .endReadinessProbe()
                .withNewResources()
                .addToRequests("cpu", new Quantity("50m"))
                .addToRequests("memory", new Quantity("96Mi"))
                .addToLimits("memory", new Quantity("384Mi"))
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount()
                .build();
    }

    private static List<EnvVar> environment(ClusterWorkloadSettings settings) {
        EnvVar token = new EnvVarBuilder()
                .withName("VEXTRUS_PROXY_CONTROL_TOKEN")
                .withNewValueFrom()
                .withNewSecretKeyRef()
                .withName(CanaryCredential.secretName(settings))
                .withKey(CanaryCredential.CONTROL)
                .endSecretKeyRef()
                .endValueFrom()
                .build();
        return List.of(
                value("VEXTRUS_PROXY_ADDRESS", "0.0.0.0"),
                value("VEXTRUS_PROXY_PORT", Integer.toString(PORT)),
                value("VEXTRUS_PROXY_CONTROL_ADDRESS", "0.0.0.0"),
                value("VEXTRUS_PROXY_CONTROL_PORT", Integer.toString(CONTROL_PORT)),
                token);
    }

    private static EnvVar value(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }
}
