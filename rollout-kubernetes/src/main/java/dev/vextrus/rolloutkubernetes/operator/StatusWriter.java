package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.port.JournalFenced;
import dev.vextrus.rolloutkubernetes.journal.ConfigMapJournal;
import dev.vextrus.rolloutkubernetes.journal.LastRollout;
import dev.vextrus.rolloutkubernetes.operator.Revisions.Revision;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the status on the version last read, where something changed that people or a restart need at once; what merely
 * moves on, such as the verdict's figures, every {@link #QUIET}.
 */
final class StatusWriter {
    static final Duration QUIET = Duration.ofSeconds(5);
    private static final int TRIES = 5;

    private final KubernetesClient client;
    private final InstantSource clock;
    private PhasedRolloutStatus written;
    private Instant quietUntil = Instant.MIN;

    StatusWriter(KubernetesClient client, InstantSource clock, PhasedRollout resource) {
        this.client = client;
        this.clock = clock;
        this.written = resource.getStatus() == null ? PhasedRolloutStatus.NONE : resource.getStatus();
    }

    /**
     * @param last the rollout that runs, or ran last; null where none ever did
     * @param stable the release that serves; null before the first
     * @param wanted the release that is asked for; null where the resource cannot be carried out
     * @param refused why it cannot; null where it can
     * @param installed whether a first release serves
     * @param keptOut hash of a release that went back before the journal was lost; null for none
     * @param adoption how the Deployment of {@code spec.workloadRef} stands; empty where none is named
     */
    record Facts(
            @Nullable LastRollout last,
            @Nullable ReleaseSpec stable,
            @Nullable Revision wanted,
            Undo.@Nullable Pin pin,
            @Nullable String refused,
            boolean installed,
            @Nullable String keptOut,
            Optional<Adoption.View> adoption,
            ConfigMapJournal journal) {

        /** Hash of the release that stays out until another comes or somebody retries; null for none. */
        @Nullable
        String rejected() {
            return last == null ? keptOut : StatusOf.rejected(last);
        }
    }

    /** @throws JournalFenced if another operator has written meanwhile */
    void write(PhasedRollout resource, Facts facts) {
        Instant now = clock.instant();
        PhasedRolloutStatus next =
                StatusOf.facts(resource, facts, facts.journal().mark(), written.conditions(), now);
        boolean told = next.equals(written) || (now.isBefore(quietUntil) && sameForPeople(next, written));
        if (told && !wiped(resource)) {
            return;
        }
        put(resource, next);
        written = next;
        quietUntil = now.plus(QUIET);
    }

    /** Whether somebody took away what was written. */
    private static boolean wiped(PhasedRollout resource) {
        return resource.getStatus() == null || resource.getStatus().phase() == null;
    }

    private static boolean sameForPeople(PhasedRolloutStatus a, PhasedRolloutStatus b) {
        return Objects.equals(a.phase(), b.phase())
                && Objects.equals(a.weight(), b.weight())
                && Objects.equals(a.epoch(), b.epoch())
                && Objects.equals(a.outcome(), b.outcome())
                && Objects.equals(a.observedGeneration(), b.observedGeneration())
                && Objects.equals(a.pinnedRevision(), b.pinnedRevision())
                && Objects.equals(a.rejectedHash(), b.rejectedHash())
                && Objects.equals(a.conditions(), b.conditions());
    }

    private void put(PhasedRollout resource, PhasedRolloutStatus next) {
        PhasedRollout current = resource;
        for (int i = 0; i < TRIES; i++) {
            PhasedRollout draft = new PhasedRollout();
            draft.setMetadata(current.getMetadata());
            draft.setSpec(current.getSpec());
            draft.setStatus(next);
            try {
                client.resource(draft).updateStatus();
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
            }
            current = client.resources(PhasedRollout.class)
                    .inNamespace(resource.getMetadata().getNamespace())
                    .withName(resource.getMetadata().getName())
                    .get();
            if (current == null) {
                return;
            }
            fence(resource, current, next);
        }
    }

    /**
     * People change the resource all the time; the journal's mark only operators. One that names the journal's end as this
     * operator is about to write it is its own: a write that was carried out though its answer did not come.
     */
    private void fence(PhasedRollout resource, PhasedRollout current, PhasedRolloutStatus next) {
        PhasedRolloutStatus.JournalMark ours = written.journal();
        PhasedRolloutStatus.JournalMark theirs =
                current.getStatus() == null ? null : current.getStatus().journal();
        if (theirs == null || theirs.equals(next.journal())) {
            return;
        }
        if (ours == null || theirs.sequence() > ours.sequence()) {
            throw new JournalFenced("the status of " + resource.title() + " was written by another operator");
        }
    }
}
