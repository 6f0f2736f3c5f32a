package dev.vextrus.rolloutkubernetes.traffic;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.port.Target.Capabilities;
import dev.vextrus.rollout.port.TargetUnavailable;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.Names;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import dev.vextrus.rolloutkubernetes.workload.Standing;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weights of a Gateway API {@code HTTPRoute}. The route's rules are ours; what it is attached to and the hosts that it
 * answers to stay as they are. Single requests are drawn by chance: the tenant stands in a token, which a gateway does not
 * read, so there are no tenant cohorts.
 */
public final class GatewayRouter implements TrafficRouter {
    private static final int WHOLE = 1_000;
    private static final String MARK = "/.vextrus/routing/";

    private final KubernetesClient cluster;
    private final ClusterWorkloadSettings settings;
    private final RouterChoice.Gateway choice;
    private final ColorServices services;
    private final CanaryCredential credential;
    private final RouteInForce inForce;

    public GatewayRouter(
            KubernetesClient cluster,
            ClusterWorkloadSettings settings,
            RouterChoice.Gateway choice,
            CanaryCredential credential) {
        this.cluster = cluster;
        this.settings = settings;
        this.choice = choice;
        this.credential = credential;
        this.services = new ColorServices(cluster, settings);
        this.inForce = new RouteInForce(cluster, settings, choice);
    }

    @Override
    public void apply(Routing routing, Standing standing) {
        services.stand(standing);
        if (resource().get() == null) {
            cluster.resource(missing()).create();
        }
        HTTPRoute written = Fence.write(cluster, resource(), routing, route -> {
            route.getSpec().setRules(rules(routing));
            return route;
        });
        inForce.await(written, MARK + routing.epoch());
    }

    private Resource<HTTPRoute> resource() {
        return cluster.resources(HTTPRoute.class)
                .inNamespace(settings.namespace())
                .withName(choice.route());
    }

    private HTTPRoute missing() {
        return new HTTPRouteBuilder()
                .withNewMetadata()
                .withNamespace(settings.namespace())
                .withName(choice.route())
                .addToLabels(Names.ROLLOUT, settings.name())
                .endMetadata()
                .withNewSpec()
                .addNewParentRef()
                .withName(choice.gateway())
                .withNamespace(choice.gatewayNamespace())
                .endParentRef()
                .withHostnames(choice.hostnames())
                .endSpec()
                .build();
    }

    private List<HTTPRouteRule> rules(Routing routing) {
        List<HTTPRouteRule> rules = new ArrayList<>();
        rules.add(mark(routing));
        Color canary = routing.canary();
        int share = canary == null ? 0 : (int) Math.round(routing.weight() * WHOLE);
        if (canary != null) {
            rules.add(byHeader(canary));
        }
        // Both colours are named at all times: a data plane that first hears of a backend with its weight answers 503
        // until it knows the backend too.
        HTTPRouteRuleBuilder all = new HTTPRouteRuleBuilder()
                .addToBackendRefs(backend(routing.stable(), WHOLE - share))
                .addToBackendRefs(backend(routing.stable().other(), share));
        rules.add(all.build());
        return rules;
    }

    /** A path that only exists once the data plane has this routing: how its being in force is seen. */
    private static HTTPRouteRule mark(Routing routing) {
        return new HTTPRouteRuleBuilder()
                .addNewMatch()
                .withNewPath("Exact", MARK + routing.epoch())
                .endMatch()
                .addNewFilter()
                .withType("RequestRedirect")
                .withNewRequestRedirect()
                .withStatusCode(302)
                .withHostname("routing-" + routing.epoch() + ".invalid")
                .endRequestRedirect()
                .endFilter()
                .build();
    }

    /** The credential does not travel on to the release. */
    private HTTPRouteRule byHeader(Color canary) {
        return new HTTPRouteRuleBuilder()
                .addNewMatch()
                .addNewHeader("x-canary", "Exact", "true")
                .addNewHeader("x-canary-credential", "Exact", credential.value())
                .endMatch()
                .addNewFilter()
                .withType("RequestHeaderModifier")
                .withNewRequestHeaderModifier()
                .addToRemove("x-canary", "x-canary-credential")
                .endRequestHeaderModifier()
                .endFilter()
                .addToBackendRefs(backend(canary, 1))
                .build();
    }

    private HTTPBackendRef backend(Color color, int weight) {
        return new HTTPBackendRefBuilder()
                .withName(Names.of(settings.name(), color))
                .withPort(settings.servicePort())
                .withWeight(weight)
                .build();
    }

    @Override
    public @Nullable Routing follow(Standing standing) {
        try {
            return Fence.read(resource().get());
        } catch (KubernetesClientException silence) {
            throw new TargetUnavailable("route " + choice.route() + " cannot be read", silence);
        }
    }

    @Override
    public Map<Color, Integer> inFlight() {
        return Map.of();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, false);
    }
}
