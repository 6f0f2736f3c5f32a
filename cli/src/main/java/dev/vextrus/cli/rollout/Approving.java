package dev.vextrus.cli.rollout;

import dev.vextrus.cli.kubernetes.Cluster;
import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rolloutkubernetes.resource.RolloutApproval;
import dev.vextrus.rolloutkubernetes.resource.RolloutApprovalSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Locale;

/** A command as a {@code RolloutApproval}, in the name of whoever the API server takes this command's user for. */
record Approving(KubernetesClient client, String namespace, String name) {
    /** The policy of deploy/operator/approvals.yaml that refuses the annotations. */
    private static final String POLICY = "vextrus-by-approval";

    /** Whether a command by annotation was refused because the namespace wants approvals. */
    static boolean isAskedFor(KubernetesClientException refused) {
        return String.valueOf(refused.getMessage()).contains("'" + POLICY + "'");
    }

    /** @param release the one that is on trial */
    void approve(Command command, ReleaseSpec release) {
        String verb = command.kind().name().toLowerCase(Locale.ROOT);
        RolloutApproval approval = new RolloutApproval();
        approval.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withGenerateName(name + "-" + verb + "-")
                .build());
        try {
            approval.setSpec(new RolloutApprovalSpec(
                    name, verb, release.version(), whoAmI(), command.reason().isBlank() ? null : command.reason()));
            client.resource(approval).create();
        } catch (KubernetesClientException e) {
            throw Cluster.failure(e);
        }
    }

    private String whoAmI() {
        return client.resource(new SelfSubjectReview())
                .create()
                .getStatus()
                .getUserInfo()
                .getUsername();
    }
}
