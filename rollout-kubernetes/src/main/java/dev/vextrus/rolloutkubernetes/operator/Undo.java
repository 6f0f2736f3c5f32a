package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.Stage;
import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.plan.Undoing;
import dev.vextrus.rolloutkubernetes.operator.Revisions.Revision;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes back to an earlier revision and stays there until the template changes: {@code vextrus.dev/undo=3}, or {@code
 * previous}. The pin is in the status; the spec is a person's.
 */
public final class Undo {
    /** The annotation that asks for it. */
    public static final String ANNOTATION = PhasedRollout.GROUP + "/undo";
    /** Value of {@link #ANNOTATION} for the release that served before the present one. */
    public static final String PREVIOUS = "previous";

    private final KubernetesClient client;
    private final Revisions revisions;
    private final KubernetesEvents events;
    private @Nullable Pin pin;

    /**
     * @param revision what is to serve
     * @param hash of the template when it was pinned
     */
    record Pin(long revision, String hash) {}

    Undo(KubernetesClient client, Revisions revisions, KubernetesEvents events, @Nullable PhasedRolloutStatus status) {
        this.client = client;
        this.revisions = revisions;
        this.events = events;
        if (status != null && status.pinnedRevision() != null && status.pinnedHash() != null) {
            pin = new Pin(status.pinnedRevision(), status.pinnedHash());
        }
    }

    @Nullable
    Pin pin() {
        return pin;
    }

    /** Takes a wish from the annotations, once. */
    void look(PhasedRollout resource, Revision ofTemplate, List<JournalEntry> entries) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        String text = annotations == null ? null : annotations.get(ANNOTATION);
        if (annotations == null || text == null) {
            return;
        }
        Optional<Revision> asked =
                text.strip().matches("\\d{1,18}") ? revisions.numbered(Long.parseLong(text.strip())) : before(entries);
        if (asked.isPresent()) {
            pin = new Pin(asked.get().number(), ofTemplate.hash());
            events.say(
                    "Undo",
                    "revision " + asked.get().number() + " ("
                            + asked.get().release().version() + ") is to serve, until the template changes",
                    true);
        } else {
            events.say("Undo", "there is no revision '" + text + "'; 'vextrus rollout history' lists them", true);
        }
        annotations.remove(ANNOTATION);
        client.resources(PhasedRollout.class)
                .inNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        RolloutJson.mapper()
                                .writeValueAsString(Map.of(
                                        "metadata",
                                        Map.of("annotations", Collections.singletonMap(ANNOTATION, null)))));
    }

    /** What served before the release that serves now. */
    private Optional<Revision> before(List<JournalEntry> entries) {
        RolloutPlan promoted = null;
        RolloutPlan plan = null;
        for (JournalEntry entry : entries) {
            if (entry.what() instanceof JournalRecord.Started started) {
                plan = started.plan();
            } else if (entry.what() instanceof JournalRecord.Decided decided
                    && decided.state().stage() instanceof Stage.Completed) {
                promoted = plan;
            }
        }
        if (promoted == null) {
            return Optional.empty();
        }
        String hash = ReleaseOfTemplate.hash(promoted.stable());
        return revisions.all().stream().filter(r -> r.hash().equals(hash)).findFirst();
    }

    /** The pinned revision while the template is what it was; the template's otherwise. */
    Revision pinned(Revision ofTemplate) {
        Pin now = pin;
        if (now == null) {
            return ofTemplate;
        }
        if (!now.hash().equals(ofTemplate.hash())) {
            pin = null;
            return ofTemplate;
        }
        return revisions.numbered(now.revision()).orElse(ofTemplate);
    }

    /** The plan as it is; or, back to what served before, in one step, since that release is known. */
    RolloutPlan planFor(RolloutPlan plan) {
        Pin now = pin;
        boolean back = now != null
                && revisions
                        .numbered(now.revision())
                        .map(r -> r.hash().equals(ReleaseOfTemplate.hash(plan.canary())))
                        .orElse(false);
        return back ? Undoing.plan(plan, plan.stable(), plan.canary()) : plan;
    }

    /** Whether {@code plan} was made by {@link #planFor} and not by the spec. */
    boolean derived(RolloutPlan plan) {
        return pin != null && plan.phases().size() == 1;
    }
}
