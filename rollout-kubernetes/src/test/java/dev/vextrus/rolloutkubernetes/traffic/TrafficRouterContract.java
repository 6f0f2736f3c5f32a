package dev.vextrus.rolloutkubernetes.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rolloutkubernetes.cluster.ClusterWorkload;
import dev.vextrus.rolloutkubernetes.testkit.Colorful;
import dev.vextrus.rolloutkubernetes.testkit.LoadPod;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import dev.vextrus.rolloutkubernetes.testkit.TestImage;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.MetricsChoice;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every router must do, seen by clients that keep their connections open. */
public abstract class TrafficRouterContract {
    private TestCluster cluster;
    private ClusterWorkload workload;

    /** The router; skips the test, and says so, where the cluster does not have it. */
    protected abstract RouterChoice router(TestCluster cluster);

    /** Where clients go, from within the cluster. */
    protected abstract String url(TestCluster cluster);

    /** The Host header that clients send; empty for the URL's. */
    protected String host(TestCluster cluster) {
        return "";
    }

    /** Where the counts come from. */
    protected MetricsChoice metrics() {
        return new MetricsChoice.FromPods(null, "/metrics");
    }

    /** Requests after which a client opens another connection, for a router that shifts only new ones; 0 for never. */
    protected int requestsPerConnection() {
        return 0;
    }

    @BeforeEach
    void open() {
        cluster = TestCluster.open("router");
        TestImage.loaded();
        workload = ClusterWorkload.open(
                cluster.client(),
                new ClusterWorkloadSettings(
                        cluster.namespace(), "colorful", "colorful", 80, router(cluster), metrics()),
                InstantSource.system());
    }

    @AfterEach
    void close() {
        if (workload != null) {
            workload.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void requests_follow_each_weight_and_none_of_them_fails() {
        Target target = workload.target();
        target.deploy(Color.BLUE, Colorful.release("1.0.0", Map.of()), 2);
        target.deploy(Color.GREEN, Colorful.release("1.1.0", Map.of()), 2);
        TestCluster.await(
                "both colours are ready",
                () -> target.observe().ready(Color.BLUE) == 2
                        && target.observe().ready(Color.GREEN) == 2);
        target.route(new Routing(1, Color.BLUE, null, 0, List.of(), false));
        try (LoadPod load = new LoadPod(cluster, url(cluster), host(cluster), requestsPerConnection(), "")) {
            begun(load);
            assertThat(load.await(100).answers().keySet()).containsExactly("blue");

            target.route(new Routing(2, Color.BLUE, Color.GREEN, 0.5, List.of(), false));
            awaitAnswers("half of them by green", load, 400, counts -> Math.abs(counts.share("green") - 0.5) < 0.15);

            target.route(new Routing(3, Color.BLUE, Color.GREEN, 1, List.of(), false));
            awaitAnswers("all of them by green", load, 100, counts -> counts.of("green") == counts.all());

            target.route(new Routing(4, Color.BLUE, Color.GREEN, 0.5, List.of(), false));
            long ordered = load.counts().nowMillis();
            target.route(new Routing(5, Color.BLUE, Color.GREEN, 0, List.of(), false));
            target.drain(Color.GREEN);
            LoadPod.Counts sofar = load.await(load.counts().all() + 400);
            unharmed(sofar);
            AtomicLong last = new AtomicLong(sofar.lastMillis().getOrDefault("green", ordered));
            awaitAnswers("none of them by green", load, 400, counts -> {
                last.accumulateAndGet(counts.lastMillis().getOrDefault("green", 0L), Math::max);
                return counts.of("green") == 0;
            });
            // Said and not judged: how long it took is the machine's as much as ours.
            System.out.printf(
                    "%s: %.1f s from the order to take all requests away to the last answer%n",
                    getClass().getSimpleName(), (last.get() - ordered) / 1000.0);
            unharmed(load.counts());
        }
    }

    /** The first requests may come before a gateway knows the route at all; what follows counts. */
    private static void begun(LoadPod load) {
        load.await(50);
        load.reset();
    }

    /**
     * So many answers in a row that are as {@code wanted}, once connections that were open at the order have come to their
     * end and whoever carries the order out, on a node that has little time for it, has done so. None fails meanwhile.
     */
    private static void awaitAnswers(String what, LoadPod load, long answers, Predicate<LoadPod.Counts> wanted) {
        TestCluster.await(what, () -> {
            unharmed(load.reset());
            LoadPod.Counts counts = load.await(answers);
            unharmed(counts);
            return wanted.test(counts);
        });
    }

    private static void unharmed(LoadPod.Counts counts) {
        assertThat(counts.failed()).as(counts.why()).isZero();
    }

    protected final ClusterWorkload workload() {
        return workload;
    }

    protected final TestCluster cluster() {
        return cluster;
    }
}
