package dev.vextrus.e2e;

import dev.vextrus.rolloutkubernetes.testkit.LoadPod;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the operator's tests stand on: the resource's definition, an operator that runs, and traffic. */
final class OperatorGround implements AutoCloseable {
    private final TestCluster cluster;
    private final Path folder;
    private final Definition definition;
    private final Till till;
    private ClusterOperator operator;
    private @Nullable LoadPod load;

    private OperatorGround(TestCluster cluster, Path folder, Definition definition) throws IOException {
        this.cluster = cluster;
        this.folder = folder;
        this.definition = definition;
        this.till = new Till(cluster);
        this.operator = ClusterOperator.of(cluster.namespace(), folder);
    }

    static OperatorGround open(TestCluster cluster, Path folder) throws IOException {
        return new OperatorGround(cluster, folder, Definition.applied(cluster));
    }

    /**
     * The resource's definition. Tests that run beside each other share it: it goes with the last of them, where it came
     * with the first and nobody else uses it.
     */
    static final class Definition implements AutoCloseable {
        private static int users;
        private static boolean madeHere;

        private final TestCluster cluster;

        private Definition(TestCluster cluster) {
            this.cluster = cluster;
        }

        static Definition applied(TestCluster cluster) {
            synchronized (Definition.class) {
                Definition definition = new Definition(cluster);
                if (users == 0) {
                    madeHere = definition(cluster).get() == null;
                }
                definition.apply();
                users++;
                return definition;
            }
        }

        void apply() {
            definition(cluster).forceConflicts().serverSideApply();
            definition(cluster).waitUntilCondition(Definition::established, 2, TimeUnit.MINUTES);
        }

        private static Resource<CustomResourceDefinition> definition(TestCluster cluster) {
            return cluster.client()
                    .apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .load(FrontDoor.repository()
                            .resolve("deploy/operator/crd.yaml")
                            .toFile());
        }

        private static boolean established(@Nullable CustomResourceDefinition definition) {
            return definition != null
                    && definition.getStatus() != null
                    && definition.getStatus().getConditions() != null
                    && definition.getStatus().getConditions().stream()
                            .anyMatch(c -> c.getType().equals("Established")
                                    && c.getStatus().equals("True"));
        }

        @Override
        public void close() {
            synchronized (Definition.class) {
                users--;
                if (users == 0 && madeHere && unused()) {
                    // Gone before the next class asks whether it is there.
                    definition(cluster).delete();
                    definition(cluster).waitUntilCondition(Objects::isNull, 2, TimeUnit.MINUTES);
                }
            }
        }

        private boolean unused() {
            return new Till(cluster)
                    .operation()
                    .inAnyNamespace()
                    .list()
                    .getItems()
                    .isEmpty();
        }
    }

    Till till() {
        return till;
    }

    ClusterOperator operator() {
        return operator;
    }

    /** Traffic from when it is first asked for. */
    LoadPod load(int perConnection) {
        return load(perConnection, "");
    }

    /** @param headers {@code name=value} of each request */
    LoadPod load(int perConnection, String headers) {
        LoadPod known = load;
        if (known == null) {
            known = new LoadPod(
                    cluster, "http://" + Till.NAME + "." + cluster.namespace() + "/", "", perConnection, headers);
            load = known;
        }
        return known;
    }

    /** Gives the cluster the resource's definition again. */
    void define() {
        definition.apply();
    }

    /** {@code kill -9}, and another. */
    void replaceOperator() throws Exception {
        operator.killOutright();
        startOperator();
    }

    /** Another, after the one before is gone. */
    void startOperator() throws IOException {
        startOperator(Map.of());
    }

    void startOperator(Map<String, String> environment) throws IOException {
        operator = ClusterOperator.of(cluster.namespace(), folder, environment);
    }

    /** The one that leads from now on, as far as the test knows. */
    void takenOverBy(ClusterOperator other) {
        operator = other;
    }

    /** The resource goes while there is an operator to let it go; the definition only if nobody else uses it. */
    @Override
    public void close() {
        try (ClusterOperator _ = operator) {
            if (load != null) {
                load.close();
            }
            till.resource().delete();
            TestCluster.await(
                    "the operator lets the resource go", () -> till.resource().get() == null);
        }
        definition.close();
    }
}
