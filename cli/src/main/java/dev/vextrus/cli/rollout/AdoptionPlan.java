package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.Failure;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The PhasedRollout by which a Deployment is adopted: what can be read of the cluster is, the rest is asked for. */
final class AdoptionPlan {
    private static final String MANAGEMENT = "management";
    private static final String HTTP = "http";

    private AdoptionPlan() {}

    /** What a person said; null where it is to be found. */
    record Wishes(@Nullable String service, @Nullable String managementPort, String preset) {}

    /** @throws Failure if the Deployment is not there, or its Service cannot be told */
    static GenericKubernetesResource of(KubernetesClient client, String namespace, String name, Wishes wishes) {
        Deployment deployment = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (deployment == null) {
            throw Failure.usage(
                    "NO_SUCH_DEPLOYMENT",
                    "there is no deployment '" + name + "' in namespace '" + namespace + "'",
                    "see 'kubectl get deployments --all-namespaces'");
        }
        List<ContainerPort> ports = first(deployment).getPorts();
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("workloadRef", Map.of("name", name));
        spec.put("replicas", Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1));
        spec.put("servingPort", named(ports, HTTP) ? HTTP : anyName(ports, name));
        if (wishes.managementPort() != null) {
            spec.put("managementPort", wishes.managementPort());
        } else if (named(ports, MANAGEMENT)) {
            spec.put("managementPort", MANAGEMENT);
        }
        spec.put("traffic", traffic(client, deployment, wishes.service()));
        spec.put("preset", wishes.preset());
        GenericKubernetesResource resource = new GenericKubernetesResource();
        resource.setApiVersion("vextrus.dev/v1alpha1");
        resource.setKind("PhasedRollout");
        resource.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
        resource.setAdditionalProperty("spec", spec);
        return resource;
    }

    private static Container first(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
    }

    private static boolean named(List<ContainerPort> ports, String name) {
        return ports.stream().anyMatch(port -> name.equals(port.getName()));
    }

    private static String anyName(List<ContainerPort> ports, String deployment) {
        return ports.stream()
                .map(ContainerPort::getName)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> Failure.usage(
                        "PORT_UNNAMED",
                        "deployment/" + deployment + ": no port of its first container has a name",
                        "name the port that customers are served on, such as http"));
    }

    private static Map<String, Object> traffic(
            KubernetesClient client, Deployment deployment, @Nullable String wanted) {
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        List<Service> found =
                client.services().inNamespace(deployment.getMetadata().getNamespace()).list().getItems().stream()
                        .filter(service -> wanted == null
                                ? selects(service, labels)
                                : service.getMetadata().getName().equals(wanted))
                        .toList();
        if (found.size() != 1) {
            String names = String.join(
                    ", ",
                    found.stream()
                            .map(service -> service.getMetadata().getName())
                            .toList());
            throw Failure.usage(
                    "SERVICE_NOT_TOLD",
                    found.isEmpty()
                            ? "no Service " + (wanted == null ? "selects the Deployment's pods" : "is called " + wanted)
                            : "several Services select the Deployment's pods: " + names,
                    "name the one that clients call with --service");
        }
        Service service = found.getFirst();
        return Map.of(
                "service",
                service.getMetadata().getName(),
                "port",
                service.getSpec().getPorts().getFirst().getPort(),
                "replicaRatio",
                Map.of());
    }

    private static boolean selects(Service service, Map<String, String> labels) {
        Map<String, String> selector = service.getSpec().getSelector();
        return selector != null && !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }
}
