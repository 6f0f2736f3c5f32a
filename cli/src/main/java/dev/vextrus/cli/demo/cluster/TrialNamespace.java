package dev.vextrus.cli.demo.cluster;

import dev.vextrus.cli.kubernetes.Cluster;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.JavaProgram;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A namespace for a demonstration, which goes with all that is in it; and the resource's definition, where it was missing. */
final class TrialNamespace implements AutoCloseable {
    private static final long GONE_WITHIN_SECONDS = 120;
    private static final long ESTABLISHED_WITHIN_SECONDS = 60;

    private final KubernetesClient client;
    private final Output output;
    private final String name;
    private final boolean defined;

    private TrialNamespace(KubernetesClient client, Output output, String name, boolean defined) {
        this.client = client;
        this.output = output;
        this.name = name;
        this.defined = defined;
    }

    /** @param prefix of its name */
    static TrialNamespace make(KubernetesClient client, Output output, String prefix) {
        String name = prefix + "-" + UUID.randomUUID().toString().substring(0, 6);
        try {
            boolean missing = definition(client).get() == null;
            if (missing) {
                output.progress("the cluster does not know PhasedRollouts yet: defining them for now");
                definition(client).forceConflicts().serverSideApply();
                definition(client)
                        .waitUntilCondition(TrialNamespace::established, ESTABLISHED_WITHIN_SECONDS, TimeUnit.SECONDS);
            }
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                            .addToLabels("vextrus.dev/trial", "true")
                            .endMetadata()
                            .build())
                    .create();
            output.progress("namespace " + name + ", which goes at the end");
            return new TrialNamespace(client, output, name, missing);
        } catch (KubernetesClientException refused) {
            throw Cluster.failure(refused);
        }
    }

    private static Resource<CustomResourceDefinition> definition(KubernetesClient client) {
        return client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .load(JavaProgram.home().resolve("deploy/operator/crd.yaml").toFile());
    }

    private static boolean established(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")
                                && c.getStatus().equals("True"));
    }

    String name() {
        return name;
    }

    /** The operator may be gone already: nothing is to be brought back to stable where everything goes. */
    @Override
    public void close() {
        for (PhasedRollout left :
                client.resources(PhasedRollout.class).inNamespace(name).list().getItems()) {
            client.resource(left).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        }
        client.namespaces().withName(name).delete();
        client.namespaces().withName(name).waitUntilCondition(Objects::isNull, GONE_WITHIN_SECONDS, TimeUnit.SECONDS);
        if (defined
                && client.resources(PhasedRollout.class)
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .isEmpty()) {
            definition(client).delete();
        }
        output.progress("namespace " + name + " is gone");
    }
}
