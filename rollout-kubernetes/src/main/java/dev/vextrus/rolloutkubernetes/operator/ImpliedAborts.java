package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.engine.CommandKind;
import dev.vextrus.rollout.engine.Stage;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rolloutkubernetes.operator.Revisions.Revision;
import java.time.InstantSource;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What people do to a workload in the middle of a rollout that means no less than an abort. */
final class ImpliedAborts {
    private final Workload workload;
    private final Wishes wishes;
    private final InstantSource clock;
    private boolean canarySeen;

    ImpliedAborts(Workload workload, Wishes wishes, InstantSource clock) {
        this.workload = workload;
        this.wishes = wishes;
        this.clock = clock;
    }

    /** @param wanted what the resource asks for now; null where that cannot be said */
    void look(Controller running, @Nullable Revision wanted) {
        theCanaryWasTaken(running);
        boolean stableIsWanted = wanted != null
                && wanted.hash().equals(ReleaseOfTemplate.hash(running.plan().stable()));
        if (stableIsWanted && possible(running)) {
            give(running, "the template", "it is again the release that serves");
        }
    }

    private void theCanaryWasTaken(Controller running) {
        Color canary = running.state().roles().canary();
        OptionalInt replicas = workload.replicas(canary);
        boolean there = replicas.orElse(0) > 0;
        boolean expected = canarySeen || serves(running.state().stage());
        if (expected && !there && possible(running)) {
            give(
                    running,
                    "a person",
                    replicas.isEmpty() ? "the canary's Deployment was deleted" : "the canary was scaled to 0");
        }
        canarySeen = there;
    }

    private static boolean serves(Stage stage) {
        return switch (stage) {
            case Stage.Scaling _ -> false;
            case Stage.InPhase _ -> true;
            case Stage.Holding holding -> serves(holding.resumeTo());
            case Stage.Paused paused -> serves(paused.resumeTo());
            default -> false;
        };
    }

    /** Whether the rollout is not on its way back, or at its end, already. */
    static boolean possible(Controller running) {
        return running.state().stage().kind().commands().contains(CommandKind.ABORT);
    }

    /** Aborts it at its next step, once for each reason. */
    void give(Controller running, String by, String why) {
        wishes.add(new Command(
                "operator/" + CommandKind.ABORT + "/" + running.state().id() + "/" + why,
                CommandKind.ABORT,
                by,
                why,
                clock.instant()));
    }

    /** No rollout runs: the next one's canary has not been seen. */
    void forget() {
        canarySeen = false;
    }
}
