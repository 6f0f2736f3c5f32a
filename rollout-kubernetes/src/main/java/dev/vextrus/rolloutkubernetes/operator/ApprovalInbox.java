package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.engine.CommandKind;
import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.port.CommandInbox;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import dev.vextrus.rolloutkubernetes.resource.RolloutApproval;
import dev.vextrus.rolloutkubernetes.resource.RolloutApprovalSpec;
import dev.vextrus.rolloutkubernetes.resource.RolloutApprovalStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands as {@link RolloutApproval}s, whose givers the API server knows. Each counts for the release that it names and no
 * other: what somebody approved yesterday says nothing of what is on trial today.
 */
final class ApprovalInbox implements CommandInbox {
    private static final Logger LOG = LoggerFactory.getLogger(ApprovalInbox.class);

    private final KubernetesClient client;
    private final Map<String, RolloutApproval> waiting = new LinkedHashMap<>();
    private boolean forbidden;

    ApprovalInbox(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Looks at what has come.
     *
     * @param release version and hash of the one that is on trial, or was kept out; empty where there is none, and approvals wait
     */
    void look(PhasedRollout resource, Set<String> release) {
        waiting.clear();
        if (release.isEmpty()) {
            return;
        }
        for (RolloutApproval approval : approvals(resource)) {
            RolloutApprovalSpec spec = approval.getSpec();
            if (approval.getStatus() != null
                    || !resource.getMetadata().getName().equals(spec.rollout())) {
                continue;
            }
            Optional<String> refusal = refusal(spec, release);
            if (refusal.isPresent()) {
                answer(approval, new RolloutApprovalStatus("Refused", refusal.get()));
            } else {
                waiting.put(approval.getMetadata().getUid(), approval);
            }
        }
    }

    @Override
    public List<Command> waiting() {
        List<Command> commands = new ArrayList<>();
        waiting.forEach((uid, approval) -> commands.add(new Command(
                uid,
                kind(approval.getSpec()).orElseThrow(),
                approval.getSpec().approver(),
                Objects.requireNonNullElse(approval.getSpec().reason(), ""),
                Instant.parse(approval.getMetadata().getCreationTimestamp()))));
        return commands;
    }

    @Override
    public void done(List<Command> commands) {
        for (Command command : commands) {
            RolloutApproval approval = waiting.get(command.id());
            if (approval != null) {
                answer(approval, new RolloutApprovalStatus("Taken", "the rollout's journal says what came of it"));
                waiting.remove(command.id());
            }
        }
    }

    private List<RolloutApproval> approvals(PhasedRollout resource) {
        if (forbidden) {
            return List.of();
        }
        try {
            return client.resources(RolloutApproval.class)
                    .inNamespace(resource.getMetadata().getNamespace())
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                forbidden = true;
                LOG.warn("{}: approvals are not looked at: {}", resource.title(), e.getMessage());
            } else if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            // A cluster that does not know of approvals has none.
            return List.of();
        }
    }

    private static Optional<String> refusal(RolloutApprovalSpec spec, Set<String> release) {
        if (kind(spec).isEmpty()) {
            return Optional.of("spec.command: '" + spec.command() + "' is none of promote, skip, retry");
        }
        return release.contains(spec.release())
                ? Optional.empty()
                : Optional.of("spec.release: it is for " + spec.release() + "; on trial is "
                        + String.join(", hash ", release));
    }

    private static Optional<CommandKind> kind(RolloutApprovalSpec spec) {
        return AnnotationInbox.BY_APPROVAL.stream()
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(spec.command()))
                .findFirst();
    }

    private void answer(RolloutApproval approval, RolloutApprovalStatus status) {
        try {
            client.resource(approval)
                    .subresource("status")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            RolloutJson.mapper().writeValueAsString(Map.of("status", status)));
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
