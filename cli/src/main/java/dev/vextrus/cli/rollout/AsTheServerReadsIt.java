package dev.vextrus.cli.rollout;

import dev.vextrus.cli.kubernetes.Cluster;
import dev.vextrus.rollout.preflight.Check;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.UUID;

/** A resource's file held against the API server: the schema, the rules and the defaults are its own. */
final class AsTheServerReadsIt {
    private static final int UNPROCESSABLE = 422;
    private static final String NAME = "plan";

    private AsTheServerReadsIt() {}

    /** Whether {@code kubectl apply} would be taken, by a strict dry run. */
    static Check check(KubernetesClient client, ResourceFile file, String namespace) {
        if (client.namespaces().withName(namespace).get() == null) {
            return Check.failed(NAME, "there is no namespace " + namespace, "kubectl create namespace " + namespace);
        }
        try {
            dryRun(client, file, namespace);
            return Check.ok(NAME, "the API server takes it, by its schema and its rules");
        } catch (KubernetesClientException refused) {
            return switch (refused.getCode()) {
                case UNPROCESSABLE, HttpURLConnection.HTTP_BAD_REQUEST ->
                    Check.failed(NAME, reason(refused), "mend the field that it names");
                case HttpURLConnection.HTTP_NOT_FOUND ->
                    Check.failed(
                            NAME,
                            "the cluster does not know PhasedRollouts",
                            "kubectl apply -f deploy/operator/crd.yaml");
                default -> throw Cluster.failure(refused);
            };
        }
    }

    private static void dryRun(KubernetesClient client, ResourceFile file, String namespace) {
        GenericKubernetesResource copy = copy(file, namespace);
        GenericKubernetesResource there = client.resource(copy).get();
        if (there == null) {
            client.resource(copy).dryRun().fieldValidation(Validation.STRICT).create();
        } else {
            copy.getMetadata().setResourceVersion(there.getMetadata().getResourceVersion());
            client.resource(copy).dryRun().fieldValidation(Validation.STRICT).update();
        }
    }

    private static String reason(KubernetesClientException refused) {
        return refused.getStatus() == null || refused.getStatus().getMessage() == null
                ? String.valueOf(refused.getMessage())
                : refused.getStatus().getMessage();
    }

    /** With the identity of the resource that is there, or of one that is the youngest. */
    static PhasedRollout identified(KubernetesClient client, ResourceFile file, String namespace) {
        PhasedRollout resource = file.resource();
        resource.getMetadata().setNamespace(namespace);
        PhasedRollout there = client.resources(PhasedRollout.class)
                .inNamespace(namespace)
                .withName(file.name())
                .get();
        if (there == null) {
            resource.getMetadata().setUid("not-created-yet-" + UUID.randomUUID());
            resource.getMetadata().setCreationTimestamp("9999-12-31T23:59:59Z");
        } else {
            resource.getMetadata().setUid(there.getMetadata().getUid());
            resource.getMetadata().setCreationTimestamp(there.getMetadata().getCreationTimestamp());
        }
        return resource;
    }

    private static GenericKubernetesResource copy(ResourceFile file, String namespace) {
        GenericKubernetesResource copy =
                Serialization.unmarshal(Serialization.asJson(file.written()), GenericKubernetesResource.class);
        copy.getMetadata().setNamespace(namespace);
        return copy;
    }
}
