package dev.vextrus.rolloutkubernetes.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says, and the little that it must not forget: which release serves, which was refused, how far the
 * journal goes. Everything larger is in the journal.
 *
 * @param phase stage and phase in short, for {@code kubectl get}
 * @param stage name of the engine's stage
 * @param rollout id of the attempt
 * @param stable the release that serves
 * @param canary the release that is being rolled out; null where none is
 * @param rejectedHash a release that went back, which stays out until another comes or somebody retries
 * @param pinnedRevision what undo brought back, until the template's hash is another than {@code pinnedHash}
 * @param epoch grows with each change of routing
 * @param replicas pods of both colours, for the scale subresource
 * @param selector label selector of those pods
 * @param journal how far the journal goes: it may hold more than this, never less
 * @param lastCommand the last command that was obeyed, for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PhasedRolloutStatus(
        @Nullable Long observedGeneration,
        @Nullable String phase,
        @Nullable String stage,
        @Nullable String weight,
        @Nullable String verdict,
        @Nullable String next,
        @Nullable String outcome,
        @Nullable String reason,
        @Nullable String message,
        @Nullable String rollout,
        @Nullable String startedAt,
        @Nullable Release stable,
        @Nullable Release canary,
        @Nullable String rejectedHash,
        @Nullable Long pinnedRevision,
        @Nullable String pinnedHash,
        @Nullable String pendingEdit,
        @Nullable Long epoch,
        @Nullable Integer replicas,
        @Nullable String selector,
        @Nullable JournalMark journal,
        @Nullable String lastCommand,
        @Nullable List<Condition> conditions) {

    public static final PhasedRolloutStatus NONE = new PhasedRolloutStatus(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null);

    /**
     * @param revision number of the ControllerRevision that holds it; null where it has none
     * @param hash of what runs
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Release(
            String version,
            @Nullable Long revision,
            String hash,
            @Nullable String color) {}

    /**
     * @param sequence of the newest entry
     * @param head its hash
     * @param chunk number of the ConfigMap that holds it
     */
    public record JournalMark(long sequence, String head, long chunk) {}
}
