package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.port.Metrics;
import dev.vextrus.rollout.port.ReleaseProbe;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rollout.testkit.FakeProbe;
import dev.vextrus.rollout.testkit.FakeTarget;
import dev.vextrus.rollout.testkit.FakeTraffic;
import dev.vextrus.rollout.testkit.VirtualClock;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An API server in memory, a workload in memory, and virtual time: what an operator sees of a cluster. */
final class FakeCluster {
    static final String NAMESPACE = "shop";
    static final String NAME = "till";
    private static final int ENOUGH = 3000;

    final VirtualClock clock = new VirtualClock();
    final FakeTarget target = new FakeTarget(clock);
    final FakeTraffic traffic = new FakeTraffic(clock, target, 20, 5, 1, 42);
    final KubernetesClient client;

    private final Map<Color, ReleaseSpec> ordered = new EnumMap<>(Color.class);
    private int ids;
    /** Names of the adopted Deployment's pods that were told to drain. */
    final List<String> drained = new ArrayList<>();
    /** Names of the pods that the Service was given back to. */
    final Set<String> givenTo = new HashSet<>();

    private final List<String> edited = new ArrayList<>();
    private @Nullable Color taken;

    FakeCluster(KubernetesClient client) {
        this.client = client;
    }

    /** @param version of the image */
    void apply(String version) {
        applySpec("template: {spec: {containers: [{name: till, image: \"till:%s\"}]}}".formatted(version));
    }

    /** A resource whose pods are those of a Deployment. */
    void applyFor(String deployment) {
        applySpec("workloadRef: {name: " + deployment + "}");
    }

    private void applySpec(String pods) {
        PhasedRollout resource =
                client.getKubernetesSerialization().unmarshal("""
                        apiVersion: vextrus.dev/v1alpha1
                        kind: PhasedRollout
                        metadata: {name: till, namespace: shop}
                        spec:
                          replicas: 10
                          %s
                          phases:
                          - {traffic: 10, bake: 1m, gates: {verdict: not-harmful}}
                          - {traffic: 100, bake: 1m, gates: {verdict: not-harmful}}
                        """.formatted(pods), PhasedRollout.class);
        PhasedRollout there = find();
        if (there == null) {
            client.resource(resource).create();
        } else {
            there.setSpec(resource.getSpec());
            client.resource(there).update();
        }
    }

    void annotate(String annotation, String text) {
        PhasedRollout there = resource();
        there.getMetadata().getAnnotations().put(annotation, text);
        client.resource(there).update();
    }

    PhasedRollout resource() {
        return Objects.requireNonNull(find());
    }

    PhasedRolloutStatus status() {
        return Objects.requireNonNull(resource().getStatus());
    }

    private @Nullable PhasedRollout find() {
        return client.resources(PhasedRollout.class)
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .get();
    }

    Session open() {
        return Session.open(
                new Surroundings(client, any -> new Standing(), clock, Runnable::run, () -> "r" + ++ids, "test"),
                resource());
    }

    /** A person scales the colour's Deployment to nothing. */
    void takeAway(Color color) {
        taken = color;
    }

    /** An autoscaler sets the resource's {@code spec.replicas}. */
    void scale(int replicas) {
        client.resources(PhasedRollout.class)
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"replicas\":" + replicas + "}}");
    }

    /** A person changes something of the operator's. */
    void edit(String what) {
        edited.add(what);
    }

    /** A person takes the status away. */
    void wipeStatus() {
        PhasedRollout there = resource();
        there.setStatus(PhasedRolloutStatus.NONE);
        client.resource(there).updateStatus();
    }

    /** Advances, with time passing, until {@code wanted}. */
    void runUntil(Session session, Predicate<PhasedRolloutStatus> wanted) {
        for (int i = 0; i < ENOUGH; i++) {
            Duration due = session.advance(resource());
            PhasedRolloutStatus status = resource().getStatus();
            if (status != null && wanted.test(status)) {
                return;
            }
            pass(due);
        }
        throw new AssertionError("never came; at last " + resource().getStatus());
    }

    void pass(Duration due) {
        clock.advance(due);
        traffic.flow();
    }

    private final class Standing implements Workload {
        private final FakeProbe probe = new FakeProbe();

        Standing() {
            probe.offered = false;
        }

        @Override
        public Target target() {
            return new Recording();
        }

        @Override
        public Metrics metrics() {
            return traffic;
        }

        @Override
        public ReleaseProbe probe() {
            return probe;
        }

        @Override
        public Optional<ReleaseSpec> ordered(Color color) {
            return Optional.ofNullable(ordered.get(color));
        }

        @Override
        public OptionalInt replicas(Color color) {
            int desired = target.observe().desired(color);
            return desired == 0 || color == taken ? OptionalInt.empty() : OptionalInt.of(desired);
        }

        @Override
        public List<String> revert(Color canary) {
            List<String> reverted = List.copyOf(edited);
            edited.clear();
            return reverted;
        }

        @Override
        public void drain(List<Pod> pods, Color like) {
            pods.forEach(pod -> drained.add(pod.getMetadata().getName()));
        }

        @Override
        public void giveBack(Map<String, String> otherwise, Set<String> pods) {
            givenTo.addAll(pods);
        }

        @Override
        public boolean fits(PhasedRollout resource) {
            return true;
        }

        @Override
        public void close() {}
    }

    /** Remembers which release was ordered in which colour, as Deployments do. */
    private final class Recording implements Target {
        @Override
        public TargetView observe() {
            TargetView now = target.observe();
            return givenTo.isEmpty()
                    ? now
                    : new TargetView(
                            now.instances(), now.desired(), now.ordered(), now.draining(), null, now.inFlight());
        }

        @Override
        public void deploy(Color color, ReleaseSpec release, int replicas) {
            ordered.put(color, release);
            target.deploy(color, release, replicas);
        }

        @Override
        public void route(Routing routing) {
            target.route(routing);
        }

        @Override
        public void drain(Color color) {
            target.drain(color);
        }

        @Override
        public List<String> collectEvidence(Color color) {
            return target.collectEvidence(color);
        }

        @Override
        public void stop(Color color) {
            ordered.remove(color);
            target.stop(color);
        }

        @Override
        public Capabilities capabilities() {
            return target.capabilities();
        }
    }
}
