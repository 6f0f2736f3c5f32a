package dev.vextrus.cli.rollout;

import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rolloutkubernetes.resource.RolloutApproval;
import dev.vextrus.rolloutkubernetes.resource.RolloutApprovalSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Locale;

/** A command as a {@code RolloutApproval}, in the name of whoever the API server takes this command's user for. */
record Approving(KubernetesClient client, String namespace, String name) {
    /**
     * @param release the one that is on trial: its hash is approved, since another may come under the same version
     * @throws KubernetesClientException if it is refused, or the cluster has no approvals
     */
    void approve(Command command, ReleaseSpec release) {
        String verb = command.kind().name().toLowerCase(Locale.ROOT);
        RolloutApproval approval = new RolloutApproval();
        approval.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withGenerateName(name + "-" + verb + "-")
                .build());
        String meant = release.run() instanceof RunSpec.PodTemplate template ? template.hash() : release.version();
        approval.setSpec(new RolloutApprovalSpec(
                name, verb, meant, whoAmI(), command.reason().isBlank() ? null : command.reason()));
        client.resource(approval).create();
    }

    private String whoAmI() {
        return client.resource(new SelfSubjectReview())
                .create()
                .getStatus()
                .getUserInfo()
                .getUsername();
    }
}
