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
import java.util.HashSet;
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

    /** How the ids of commands from approvals begin; nothing else that people write may begin so. */
    static final String IDS = "approval/";

    /** Looks that are spared where the cluster has no approvals, or shows none. */
    private static final int SPARED = 30;

    private final KubernetesClient client;
    private final Map<String, RolloutApproval> waiting = new LinkedHashMap<>();
    private final Set<String> answered = new HashSet<>();
    private int spared;

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
            String id = IDS + approval.getMetadata().getUid();
            boolean done = approval.getStatus() != null || answered.contains(id);
            if (done || !resource.getMetadata().getName().equals(spec.rollout())) {
                continue;
            }
            Optional<String> refusal = refusal(spec, release);
            if (refusal.isPresent()) {
                answer(id, approval, new RolloutApprovalStatus("Refused", refusal.get()));
            } else {
                waiting.put(id, approval);
            }
        }
    }

    @Override
    public List<Command> waiting() {
        List<Command> commands = new ArrayList<>();
        waiting.forEach((id, approval) -> commands.add(new Command(
                id,
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
                waiting.remove(command.id());
                answer(
                        command.id(),
                        approval,
                        new RolloutApprovalStatus("Taken", "the journal, or an event, says what came of it"));
            }
        }
    }

    private List<RolloutApproval> approvals(PhasedRollout resource) {
        if (spared > 0) {
            spared--;
            return List.of();
        }
        try {
            return client.resources(RolloutApproval.class)
                    .inNamespace(resource.getMetadata().getNamespace())
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            // A cluster that does not know of approvals has none; whatever else is the matter must not stop the watch.
            spared = SPARED;
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                LOG.warn("{}: approvals could not be read: {}", resource.title(), e.getMessage());
            }
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

    /** That it is done with is also in the journal: where its status cannot be written, nothing is done twice. */
    private void answer(String id, RolloutApproval approval, RolloutApprovalStatus status) {
        answered.add(id);
        try {
            client.resource(approval)
                    .subresource("status")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            RolloutJson.mapper().writeValueAsString(Map.of("status", status)));
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "{}: its status could not be written: {}",
                    approval.getMetadata().getName(),
                    e.getMessage());
        }
    }
}
