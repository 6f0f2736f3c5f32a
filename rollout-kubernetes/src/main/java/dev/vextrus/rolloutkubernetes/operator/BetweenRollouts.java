package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.engine.CommandKind;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rolloutkubernetes.operator.Revisions.Revision;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workload on which no rollout runs: its first release is brought up, the one that serves is kept, another
 * one is noticed, and a Deployment is adopted or given back.
 */
final class BetweenRollouts {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(15);

    private final Workload workload;
    private final Wishes wishes;
    private final KubernetesEvents events;
    private final Adoption adoption;

    BetweenRollouts(Workload workload, Wishes wishes, KubernetesEvents events, Adoption adoption) {
        this.workload = workload;
        this.wishes = wishes;
        this.events = events;
        this.adoption = adoption;
    }

    /** What a look shows to be next. */
    sealed interface Next {
        /** @param installed whether a first release serves */
        record Wait(Duration due, boolean installed) implements Next {}

        /** A rollout. */
        record Begin(TargetView view, Routing routing, ReleaseSpec stable, ReleaseSpec canary) implements Next {}
    }

    /** @param keptOut hash of a release that only a retry lets in; null for none */
    Next look(PhasedRollout resource, Revision release, @Nullable String keptOut) {
        TargetView view = workload.target().observe();
        Routing routing = view.routing();
        if (Adoption.asksBack(resource)) {
            boolean more = adoption.giveBack(resource, workload, view, release);
            return new Next.Wait(more ? SOON : IDLE, routing != null);
        }
        if (routing == null) {
            adoption.begin();
            int replicas = resource.getSpec().wantedReplicas();
            return new Next.Wait(Installation.advance(workload, view, release.release(), replicas), false);
        }
        Optional<ReleaseSpec> stable = workload.ordered(routing.stable());
        if (stable.isEmpty() || ReleaseOfTemplate.hash(stable.get()).equals(release.hash())) {
            keep(resource, view, routing, stable.orElse(release.release()));
            nothingRuns();
            boolean more = adoption.takeOver(resource, workload, view, routing.stable());
            return new Next.Wait(more ? SOON : IDLE, true);
        }
        if (release.hash().equals(keptOut) && !retried()) {
            keep(resource, view, routing, stable.get());
            nothingRuns();
            return new Next.Wait(IDLE, true);
        }
        ReleaseSpec canary = routing.canary() == null || routing.weight() == 0
                ? release.release()
                : workload.ordered(routing.canary()).orElse(release.release());
        return new Next.Begin(view, routing, stable.get(), canary);
    }

    private boolean retried() {
        List<Command> retries = wishes.waiting().stream()
                .filter(command -> command.kind() == CommandKind.RETRY)
                .toList();
        wishes.done(retries);
        return !retries.isEmpty();
    }

    /** The one release in its full size, the other colour empty, and nothing of it changed by others. */
    void keep(PhasedRollout resource, TargetView view, Routing routing, ReleaseSpec stable) {
        int replicas = resource.getSpec().wantedReplicas();
        if (view.desired(routing.stable()) != replicas) {
            workload.target().deploy(routing.stable(), stable, replicas);
        }
        putBack(routing.stable().other());
    }

    /** @param canary colour that stays empty where it was scaled to 0 */
    void putBack(Color canary) {
        workload.revert(canary).forEach(what -> events.say("Reverted", what, true));
    }

    private void nothingRuns() {
        List<Command> waiting = wishes.waiting();
        waiting.forEach(command ->
                events.say("NothingToDo", command.kind() + " by " + command.by() + ": no rollout runs", true));
        wishes.done(waiting);
    }
}
