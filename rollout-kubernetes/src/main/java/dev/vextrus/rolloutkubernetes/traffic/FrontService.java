package dev.vextrus.rolloutkubernetes.traffic;

import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rollout.port.TargetUnavailable;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.Names;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ServiceResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The Service that clients know, which outlives every rollout. */
final class FrontService {
    private static final long ENDPOINTS_WITHIN_SECONDS = 15;

    private final KubernetesClient cluster;
    private final ClusterWorkloadSettings settings;

    FrontService(KubernetesClient cluster, ClusterWorkloadSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    ServiceResource<Service> resource() {
        return cluster.services().inNamespace(settings.namespace()).withName(settings.service());
    }

    /** @throws TargetUnavailable if the API server does not answer */
    @Nullable
    Service get() {
        try {
            return resource().get();
        } catch (KubernetesClientException silence) {
            throw new TargetUnavailable("service " + settings.service() + " cannot be read", silence);
        }
    }

    /** The Service; made, with {@code selector}, where there is none. One that stands keeps the selector it has. */
    Service standing(Optional<RunSpec.PodTemplate> template, Map<String, String> selector) {
        Service found = get();
        if (found != null) {
            return found;
        }
        RunSpec.PodTemplate pods = template.orElseThrow(() ->
                new TargetUnavailable("stable: nothing was deployed that a service could send requests to", null));
        return create(new IntOrString(pods.servingPort()), selector);
    }

    Service create(IntOrString targetPort, Map<String, String> selector) {
        return cluster.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(settings.namespace())
                        .withName(settings.service())
                        .addToLabels(Names.ROLLOUT, settings.name())
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(selector)
                        .addNewPort()
                        .withName("http")
                        .withPort(settings.servicePort())
                        .withTargetPort(targetPort)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    /** Lets the Service select these pods, which carry the labels already. What it selected before any rollout stays noted. */
    void select(Map<String, String> selector) {
        Service service = get();
        if (service == null || selector.equals(service.getSpec().getSelector())) {
            return;
        }
        Map<String, String> before = service.getSpec().getSelector();
        if (before != null && !before.isEmpty() && !before.containsKey(Names.ROLLOUT)) {
            Map<String, String> annotations = annotations(service);
            annotations.put(Names.FORMER_SELECTOR, RolloutJson.mapper().writeValueAsString(before));
            service.getMetadata().setAnnotations(annotations);
        }
        service.getSpec().setSelector(selector);
        write(service);
    }

    /**
     * Lets the Service select what it did before any rollout, and forget the routing.
     *
     * @param otherwise what it selects where it came with the rollout
     */
    void giveBack(Map<String, String> otherwise) {
        Service service = get();
        if (service == null) {
            return;
        }
        Map<String, String> annotations = annotations(service);
        String former = annotations.remove(Names.FORMER_SELECTOR);
        boolean ours = service.getSpec().getSelector() != null
                && service.getSpec().getSelector().containsKey(Names.ROLLOUT);
        if (annotations.remove(Names.ROUTING) == null && !ours) {
            return;
        }
        service.getMetadata().setAnnotations(annotations);
        if (ours) {
            service.getSpec().setSelector(former == null ? otherwise : selector(former));
        }
        write(service);
    }

    private static Map<String, String> annotations(Service service) {
        Map<String, String> annotations = service.getMetadata().getAnnotations();
        return annotations == null ? new HashMap<>() : new HashMap<>(annotations);
    }

    private static Map<String, String> selector(String json) {
        return RolloutJson.mapper().readValue(json, new TypeReference<>() {});
    }

    private void write(Service service) {
        cluster.resource(service)
                .lockResourceVersion(service.getMetadata().getResourceVersion())
                .update();
    }

    /** Returns when the Service sends requests to each of these pods, and maybe to others. */
    void awaitAmongEndpoints(Set<String> pods) {
        await(slices -> names(slices, true).containsAll(pods), pods);
    }

    /** Returns when the Service knows each of these pods, and sends requests to no other. */
    void awaitEndpoints(Set<String> pods) {
        await(slices -> names(slices, false).containsAll(pods) && pods.containsAll(names(slices, true)), pods);
    }

    private void await(Predicate<List<EndpointSlice>> wanted, Set<String> pods) {
        CompletableFuture<List<EndpointSlice>> seen = cluster.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(settings.namespace())
                .withLabel("kubernetes.io/service-name", settings.service())
                .informOnCondition(wanted);
        try {
            seen.get(ENDPOINTS_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TargetUnavailable("interrupted", interrupted);
        } catch (ExecutionException | TimeoutException late) {
            throw new TargetUnavailable(
                    "service " + settings.service() + " does not have the endpoints " + pods + " after "
                            + ENDPOINTS_WITHIN_SECONDS + " s",
                    late);
        } finally {
            seen.cancel(true);
        }
    }

    private static Set<String> names(List<EndpointSlice> slices, boolean onlyReady) {
        return slices.stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .filter(endpoint -> !onlyReady || takesRequests(endpoint))
                .map(endpoint -> endpoint.getTargetRef() == null
                        ? ""
                        : endpoint.getTargetRef().getName())
                .collect(Collectors.toSet());
    }

    private static boolean takesRequests(Endpoint endpoint) {
        return endpoint.getConditions() == null
                || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
    }
}
