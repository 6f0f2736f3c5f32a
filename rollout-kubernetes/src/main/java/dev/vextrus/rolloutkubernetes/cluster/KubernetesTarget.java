package dev.vextrus.rolloutkubernetes.cluster;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.InstanceView;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rollout.port.TargetUnavailable;
import dev.vextrus.rolloutkubernetes.pods.ManagementCalls;
import dev.vextrus.rolloutkubernetes.pods.PodReading;
import dev.vextrus.rolloutkubernetes.traffic.TrafficRouter;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.Names;
import dev.vextrus.rolloutkubernetes.workload.Standing;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Two Deployments that take turns. Everything that was ordered stands in the cluster itself, so the next controller, on
 * another machine, goes on from there.
 */
final class KubernetesTarget implements Target {
    private final KubernetesClient cluster;
    private final ClusterWorkloadSettings settings;
    private final TrafficRouter router;
    private final ManagementCalls management;
    private final ClusterEvidence evidence;
    private final ForeignEdits edits;
    private final Set<String> seenReady = new HashSet<>();

    KubernetesTarget(
            KubernetesClient cluster,
            ClusterWorkloadSettings settings,
            TrafficRouter router,
            ManagementCalls management,
            ClusterEvidence evidence) {
        this.cluster = cluster;
        this.settings = settings;
        this.router = router;
        this.management = management;
        this.evidence = evidence;
        this.edits = new ForeignEdits(cluster, settings);
    }

    @Override
    public synchronized TargetView observe() {
        return asked("the workload cannot be looked at", () -> {
            Standing standing = Standing.look(cluster, settings);
            List<InstanceView> instances = new ArrayList<>();
            Map<Color, Integer> desired = new EnumMap<>(Color.class);
            List<Color> draining = new ArrayList<>();
            for (Color color : Color.values()) {
                standing.running(color).forEach(pod -> instances.add(view(pod, color, standing)));
                Deployment deployment = standing.deployments().get(color);
                if (deployment != null) {
                    // What somebody else made of it is put back and told, and is no order of ours; but for pods taken
                    // away.
                    desired.put(color, ForeignEdits.emptied(deployment) ? 0 : ForeignEdits.replicas(deployment));
                    if (draining(deployment)) {
                        draining.add(color);
                    }
                }
            }
            Routing routing = router.follow(standing);
            // The operator takes stable from what is ordered, so there is no other naming of it to be held against.
            return new TargetView(instances, desired, Map.of(), draining, routing, router.inFlight());
        });
    }

    private InstanceView view(Pod pod, Color color, Standing standing) {
        boolean ready = PodReading.ready(pod);
        String uid = pod.getMetadata().getUid();
        if (ready || PodReading.everReady(pod)) {
            seenReady.add(uid);
        }
        return new InstanceView(
                PodReading.name(pod),
                color,
                version(pod, color, standing),
                ready,
                seenReady.contains(uid),
                PodReading.startedAt(pod),
                PodReading.exits(pod),
                PodReading.lastExit(pod),
                -1);
    }

    /** The label may have lost characters of the version that was ordered; where they fit, the order says it whole. */
    private static String version(Pod pod, Color color, Standing standing) {
        String label = pod.getMetadata().getLabels().getOrDefault(Names.VERSION, "");
        return standing.ordered(color)
                .map(ReleaseSpec::version)
                .filter(version -> Names.labelValue(version).equals(label))
                .orElse(label);
    }

    private static boolean draining(Deployment deployment) {
        Map<String, String> annotations = deployment.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get(Names.DRAINING));
    }

    @Override
    public synchronized void deploy(Color color, ReleaseSpec release, int replicas) {
        if (replicas < 0) {
            throw new IllegalArgumentException("replicas: " + replicas + " is below 0");
        }
        Deployment order = ColorDeployment.of(settings, color, release, replicas);
        asked("deployment " + Names.of(settings.name(), color) + " was not applied", () -> {
            router.prepare();
            Standing before = Standing.look(cluster, settings);
            sendSurplusAway(color, before, replicas);
            apply(order);
            Deployment stood = before.deployments().get(color);
            if (stood != null && draining(stood)) {
                // A pod that was told to drain never gets ready again: others take its place.
                before.running(color).forEach(pod -> cluster.resource(pod).delete());
            }
            return order;
        });
    }

    private Deployment apply(Deployment order) {
        return cluster.resource(order)
                .fieldManager(Names.FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
    }

    /** The pods that go are chosen by us, drained, and marked as the cheapest to delete: those that serve stay. */
    private void sendSurplusAway(Color color, Standing standing, int replicas) {
        List<Pod> running = new ArrayList<>(standing.running(color));
        int surplus = running.size() - replicas;
        Deployment deployment = standing.deployments().get(color);
        if (surplus <= 0 || deployment == null || deployment.getSpec().getReplicas() <= replicas) {
            return;
        }
        running.sort(Surplus.FIRST_TO_GO);
        for (Pod pod : running.subList(0, surplus)) {
            cluster.pods()
                    .inNamespace(settings.namespace())
                    .withName(PodReading.name(pod))
                    .patch(PatchContext.of(PatchType.JSON_MERGE), Surplus.CHEAPEST_TO_DELETE);
            standing.template(color).ifPresent(template -> management.drain(pod, template));
        }
    }

    @Override
    public synchronized void route(Routing routing) {
        asked("the traffic was not routed", () -> {
            router.apply(routing, Standing.look(cluster, settings));
            return routing;
        });
    }

    @Override
    public synchronized void drain(Color color) {
        asked("deployment " + Names.of(settings.name(), color) + " was not drained", () -> {
            Standing standing = Standing.look(cluster, settings);
            if (standing.deployments().containsKey(color)) {
                deployment(color)
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"metadata\":{\"annotations\":{\"" + Names.DRAINING + "\":\"true\"}}}");
            }
            standing.template(color)
                    .ifPresent(template -> standing.running(color).forEach(pod -> management.drain(pod, template)));
            return standing;
        });
    }

    private RollableScalableResource<Deployment> deployment(Color color) {
        return cluster.apps()
                .deployments()
                .inNamespace(settings.namespace())
                .withName(Names.of(settings.name(), color));
    }

    @Override
    public synchronized List<String> collectEvidence(Color color) {
        return asked("no evidence could be saved", () -> evidence.collect(color, Standing.look(cluster, settings)));
    }

    @Override
    public synchronized void stop(Color color) {
        asked("deployment " + Names.of(settings.name(), color) + " was not stopped", () -> {
            if (deployment(color).get() != null) {
                deployment(color).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"replicas\":0}}");
            }
            return deployment(color)
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete();
        });
    }

    @Override
    public Capabilities capabilities() {
        return router.capabilities();
    }

    /**
     * Puts back what somebody else changed of the Deployments' specification.
     *
     * @param canary colour that stays empty where it was scaled to 0
     * @return what was put back, a sentence each
     */
    synchronized List<String> revert(Color canary) {
        return asked("the deployments cannot be compared", () -> {
            List<String> reverted = new ArrayList<>();
            Standing standing = Standing.look(cluster, settings);
            standing.deployments().forEach((color, stands) -> {
                if (color != canary || !ForeignEdits.emptied(stands)) {
                    standing.ordered(color)
                            .flatMap(release -> edits.putBack(color, stands, release))
                            .ifPresent(reverted::add);
                }
            });
            return reverted;
        });
    }

    private static <T> T asked(String what, Supplier<T> ask) {
        try {
            return ask.get();
        } catch (KubernetesClientException silence) {
            throw new TargetUnavailable(what + ": " + silence.getMessage(), silence);
        }
    }
}
