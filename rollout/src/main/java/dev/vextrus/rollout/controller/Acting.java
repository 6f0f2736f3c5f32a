package dev.vextrus.rollout.controller;

import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.Action;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.port.Notifier;
import dev.vextrus.rollout.port.TargetUnavailable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out the actions of one decision, in order, and journals each outcome. */
final class Acting {
    /**
     * @param failures what could not be done, a sentence each
     * @param files evidence that was saved
     */
    record Outcome(List<String> failures, List<String> files) {
        static final Outcome NOTHING = new Outcome(List.of(), List.of());
    }

    private final Parts parts;

    Acting(Parts parts) {
        this.parts = parts;
    }

    /** A failed action is not tried again here: the next step sees how things are, and decides anew. */
    Outcome carryOut(long decision, List<Action> actions, int from, RolloutPlan plan) {
        List<String> failures = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (int i = from; i < actions.size(); i++) {
            List<String> saved = List.of();
            String failure = null;
            try {
                saved = carryOut(actions.get(i), plan);
            } catch (TargetUnavailable e) {
                failure = name(actions.get(i)) + " failed: " + e.getMessage();
                failures.add(failure);
            }
            files.addAll(saved);
            journal(decision, i, failure, saved);
        }
        return new Outcome(List.copyOf(failures), List.copyOf(files));
    }

    private void journal(long decision, int index, @Nullable String failure, List<String> saved) {
        parts.journal()
                .append(
                        new JournalRecord.Acted(decision, index, failure, saved),
                        parts.clock().instant());
    }

    private List<String> carryOut(Action action, RolloutPlan plan) {
        switch (action) {
            case Action.Deploy deploy ->
                parts.target()
                        .deploy(deploy.color(), deploy.canary() ? plan.canary() : plan.stable(), deploy.replicas());
            case Action.Route route -> parts.target().route(route.routing());
            case Action.Drain drain -> parts.target().drain(drain.color());
            case Action.CollectEvidence collect -> {
                return parts.target().collectEvidence(collect.color());
            }
            case Action.Stop stop -> parts.target().stop(stop.color());
            case Action.Tell tell ->
                parts.notifier().tell(tell.page() ? Notifier.Level.PAGE : Notifier.Level.INFO, tell.message());
        }
        return List.of();
    }

    private static String name(Action action) {
        return switch (action) {
            case Action.Deploy deploy ->
                "starting " + deploy.replicas() + " of " + deploy.color().label();
            case Action.Route route ->
                "routing " + Math.round(100 * route.routing().weight()) + " %";
            case Action.Drain drain -> "draining " + drain.color().label();
            case Action.CollectEvidence collect ->
                "saving evidence of " + collect.color().label();
            case Action.Stop stop -> "stopping " + stop.color().label();
            case Action.Tell _ -> "telling people";
        };
    }
}
