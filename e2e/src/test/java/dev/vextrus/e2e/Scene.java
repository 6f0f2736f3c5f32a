package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.cluster.Kubectl;
import dev.vextrus.rolloutkubernetes.testkit.LoadPod;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import dev.vextrus.rolloutkubernetes.testkit.TestImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One workload under traffic over connections that stay open for a few seconds, and an operator that looks after it: what
 * the tests of faults begin with, and leave behind.
 */
final class Scene implements AutoCloseable {
    /** Requests over a connection: without a router, only a new one can come to another release. */
    private static final int PER_CONNECTION = 20;

    private final TestCluster cluster;
    private final OperatorGround ground;
    private final Path folder;
    private final UnaryOperator<Order> everyOrder;
    private final String headers;
    private final AtomicInteger releases = new AtomicInteger();

    /** How things stood before a test's rollout. */
    record Before(Till.Status status, Set<String> stablePods) {
        String canary() {
            return status.otherColor();
        }
    }

    private Scene(
            TestCluster cluster, OperatorGround ground, Path folder, UnaryOperator<Order> everyOrder, String headers) {
        this.cluster = cluster;
        this.ground = ground;
        this.folder = folder;
        this.everyOrder = everyOrder;
        this.headers = headers;
    }

    static Scene open(String name, Path folder) throws Exception {
        return open(name, folder, UnaryOperator.identity(), "");
    }

    /** @param everyOrder what is said in each of the scene's orders */
    static Scene ofTenant(String tenant, String name, Path folder, UnaryOperator<Order> everyOrder) throws Exception {
        return open(name, folder, everyOrder, token(tenant));
    }

    private static Scene open(String name, Path folder, UnaryOperator<Order> everyOrder, String headers)
            throws Exception {
        Kubectl.requireCluster();
        TestCluster cluster = TestCluster.named("e2e-" + name);
        TestImage.loaded();
        Scene scene = new Scene(cluster, OperatorGround.open(cluster, folder), folder, everyOrder, headers);
        scene.apply(scene.next());
        scene.till().settled(scene.operator());
        scene.load().await(50);
        return scene;
    }

    Till till() {
        return ground.till();
    }

    ClusterOperator operator() {
        return ground.operator();
    }

    OperatorGround ground() {
        return ground;
    }

    LoadPod load() {
        return ground.load(PER_CONNECTION, headers);
    }

    /** The same traffic in the name of another tenant, beside the other. */
    LoadPod loadOf(String tenant) {
        return new LoadPod(
                cluster, "http://" + Till.NAME + "." + cluster.namespace() + "/", "", PER_CONNECTION, token(tenant));
    }

    private static String token(String tenant) {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"tenant\":\"" + tenant + "\"}").getBytes(StandardCharsets.UTF_8));
        return "Authorization=Bearer header." + claims + ".signature";
    }

    Path folder() {
        return folder;
    }

    /** A release that there never was. */
    Order next() {
        return everyOrder.apply(Order.of("1." + releases.getAndIncrement() + ".0"));
    }

    void apply(Order order) throws Exception {
        apply(order.text(Till.NAME));
    }

    void apply(String text) throws Exception {
        kubectl("apply", "-f", file(text));
    }

    /** @return name of a file with {@code text} */
    String file(String text) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "applied", ".yaml"), text)
                .toString();
    }

    /** What it prints; fails where it ends badly. */
    String kubectl(String... arguments) throws Exception {
        return Kubectl.ask(inNamespace(arguments));
    }

    Kubectl.Ended kubectlEnds(String... arguments) throws Exception {
        return Kubectl.run(inNamespace(arguments));
    }

    private String[] inNamespace(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-n", till().namespace()));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    /** {@code vextrus rollout VERB till …}, which must succeed. */
    void rollout(String verb, String... more) {
        List<String> all = new ArrayList<>(List.of("rollout", verb, Till.NAME, "-n", till().namespace()));
        all.addAll(List.of(more));
        FrontDoor.Ended ended = FrontDoor.from(folder).run(all.toArray(String[]::new));
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    }

    /** The settled workload, counted anew from here on. */
    Before settled() throws Exception {
        Till.Status status = till().settled(operator());
        Before before = new Before(status, till().pods(status.stableColor()));
        load().reset();
        return before;
    }

    /** A rollout of {@code order} that has come as far as to bake, with requests at the canary. */
    Before baking(Order order) throws Exception {
        Before before = settled();
        apply(order);
        awaitBaking(before);
        canaryAnswers(before);
        return before;
    }

    void canaryAnswers(Before before) {
        TestCluster.await("the canary has requests", () -> load().counts().of(before.canary()) > 0);
    }

    Till.Status awaitBaking(Before before) throws Exception {
        return await(
                "the new release bakes",
                s -> !s.rollout().equals(before.status().rollout()) && s.phase().startsWith("Baking"));
    }

    Till.Status awaitEnd(Before before) throws Exception {
        return await(
                "the rollout ended", s -> !s.rollout().equals(before.status().rollout()) && s.ended());
    }

    Till.Status await(String what, Predicate<Till.Status> wanted) throws Exception {
        return till().await(what, operator(), wanted);
    }

    /** Now, by the clock of the traffic. */
    long clock() {
        return load().counts().nowMillis();
    }

    /** Says how long after {@code from} the last answer of {@code color} came, which has no pods any more. */
    void report(String what, long from, String color) {
        LoadPod.Counts counts = load().counts();
        System.out.printf(
                "MANUAL ROLLBACK by %s: %.1f s from the order to the last answer of what went; %d of %d requests failed%n",
                what,
                (counts.lastMillis().getOrDefault(color, from) - from) / 1000.0,
                counts.failed(),
                counts.all() + counts.failed());
    }

    /** The same release with the same pods, none started anew, and nothing of the other. */
    void backAsBefore(Before before) throws Exception {
        Till.Status after = till().settled(operator());
        assertThat(after.stableVersion()).isEqualTo(before.status().stableVersion());
        assertThat(after.stableColor()).isEqualTo(before.status().stableColor());
        // Where there has been no rollout yet, nothing is said of a weight.
        assertThat(after.weight()).isIn("", "0 %");
        assertThat(till().pods(after.stableColor())).isEqualTo(before.stablePods());
    }

    void noneFailed() {
        LoadPod.Counts counts = load().counts();
        assertThat(counts.all()).isPositive();
        assertThat(counts.failed()).as(counts.why()).isZero();
    }

    @Override
    public void close() {
        try (TestCluster _ = cluster) {
            ground.close();
        }
    }
}
