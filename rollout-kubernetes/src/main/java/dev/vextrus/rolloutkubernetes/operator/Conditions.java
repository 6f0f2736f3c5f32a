package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.status.StatusView;
import dev.vextrus.rolloutkubernetes.journal.LastRollout;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The conditions by the Kubernetes API conventions; each keeps the time at which its status last changed. */
final class Conditions {
    private static final int MAX_MESSAGE = 512;

    private final PhasedRollout resource;
    private final @Nullable List<Condition> before;
    private final Instant now;
    private final List<Condition> made = new ArrayList<>();

    private Conditions(PhasedRollout resource, @Nullable List<Condition> before, Instant now) {
        this.resource = resource;
        this.before = before;
        this.now = now;
    }

    static List<Condition> of(
            PhasedRollout resource,
            StatusWriter.Facts facts,
            @Nullable StatusView view,
            @Nullable List<Condition> before,
            Instant now) {
        Conditions conditions = new Conditions(resource, before, now);
        conditions.ready(facts);
        conditions.progressing(facts, view);
        conditions.degraded(facts, view);
        conditions.synced(facts, view);
        conditions.cohorts();
        conditions.pendingEdit(view);
        facts.adoption().ifPresent(seen -> conditions.add("Adopted", seen.adopted(), seen.reason(), seen.message()));
        return List.copyOf(conditions.made);
    }

    /** For a resource that this operator does not carry out. */
    static List<Condition> refused(
            PhasedRollout resource, String reason, String message, @Nullable List<Condition> before, Instant now) {
        Conditions conditions = new Conditions(resource, before, now);
        conditions.add("Ready", false, reason, message);
        return List.copyOf(conditions.made);
    }

    private void ready(StatusWriter.Facts facts) {
        if (facts.refused() != null) {
            add("Ready", false, "Invalid", facts.refused());
        } else if (StatusOf.givenBack(facts)) {
            add("Ready", false, Adoption.View.GIVEN_BACK, "the Deployment serves by itself");
        } else if (facts.last() == null && !facts.installed()) {
            add("Ready", false, "Installing", "the first release is not ready yet");
        } else {
            add(
                    "Ready",
                    true,
                    "Serving",
                    facts.stable() == null ? "" : facts.stable().version() + " serves");
        }
    }

    private void progressing(StatusWriter.Facts facts, @Nullable StatusView view) {
        LastRollout last = facts.last();
        if (last == null || view == null || last.ended()) {
            add("Progressing", false, view == null ? "Idle" : stage(view), "no rollout runs");
        } else {
            add("Progressing", true, stage(view), view.next());
        }
    }

    private void degraded(StatusWriter.Facts facts, @Nullable StatusView view) {
        LastRollout last = facts.last();
        if (facts.refused() != null) {
            add("Degraded", true, "Invalid", facts.refused());
        } else if (view != null && view.holds() != null) {
            add("Degraded", true, "Holding", "holds: " + view.next());
        } else if (last != null && view != null && view.reason() != null && StatusOf.rejected(last) != null) {
            add("Degraded", true, camel(view.reason()), Objects.requireNonNullElse(view.message(), ""));
        } else {
            add("Degraded", false, "AsExpected", "");
        }
    }

    private void synced(StatusWriter.Facts facts, @Nullable StatusView view) {
        LastRollout last = facts.last();
        String rejected = facts.rejected();
        if (facts.refused() != null) {
            add("Synced", false, "Invalid", facts.refused());
        } else if (facts.pin() != null) {
            add("Synced", false, "Pinned", "revision " + facts.pin().revision() + " serves until the template changes");
        } else if (rejected != null
                && facts.wanted() != null
                && rejected.equals(facts.wanted().hash())) {
            add(
                    "Synced",
                    false,
                    "Rejected",
                    facts.wanted().release().version() + " went back"
                            + (view == null ? "" : " (" + view.reason() + ")")
                            + "; give another template, or retry");
        } else if (last != null && !last.ended()) {
            add("Synced", false, "RollingOut", "the template is being rolled out");
        } else {
            add("Synced", true, "Serving", "the template is what serves");
        }
    }

    private void cohorts() {
        switch (Cohorting.drawn(resource.getSpec())) {
            case TENANT -> add("Cohorts", true, "Tenants", "whole tenants move to the canary");
            case REQUEST ->
                add(
                        "Cohorts",
                        false,
                        "RequestsDrawn",
                        "single requests are drawn by chance; traffic.proxy with cohorts.by: tenant moves whole tenants");
            case CONNECTION ->
                add(
                        "Cohorts",
                        false,
                        "ConnectionsDrawn",
                        "a plain Service draws connections by chance, and an open one stays where it is; traffic.gateway"
                                + " draws requests, traffic.proxy moves whole tenants");
        }
    }

    private void pendingEdit(@Nullable StatusView view) {
        boolean waits = view != null
                && view.pendingEdit() != null
                && !StageKind.valueOf(view.stage()).ended();
        add(
                "PendingEdit",
                waits,
                waits ? "WaitsForTheEnd" : "None",
                waits && view != null ? "waits for this rollout's end: " + view.pendingEdit() : "");
    }

    private void add(String type, boolean holds, String reason, String message) {
        String status = holds ? "True" : "False";
        made.add(new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message)
                .withObservedGeneration(resource.getMetadata().getGeneration())
                .withLastTransitionTime(since(type, status))
                .build());
    }

    private String since(String type, String status) {
        if (before != null) {
            for (Condition condition : before) {
                if (condition.getType().equals(type) && condition.getStatus().equals(status)) {
                    return condition.getLastTransitionTime();
                }
            }
        }
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String stage(StatusView view) {
        return camel(view.stage());
    }

    private static String camel(String upper) {
        StringBuilder name = new StringBuilder();
        for (String part : upper.split("_", -1)) {
            name.append(part.charAt(0)).append(part.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return name.toString();
    }
}
