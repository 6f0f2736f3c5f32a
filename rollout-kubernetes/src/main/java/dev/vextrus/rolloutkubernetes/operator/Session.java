package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.controller.Opening;
import dev.vextrus.rollout.controller.Parts;
import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.engine.CommandKind;
import dev.vextrus.rollout.engine.Stage;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.planfile.Problem;
import dev.vextrus.rollout.planfile.Reading;
import dev.vextrus.rolloutkubernetes.journal.ConfigMapJournal;
import dev.vextrus.rolloutkubernetes.journal.LastRollout;
import dev.vextrus.rolloutkubernetes.operator.Revisions.Revision;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One resource while this operator leads: its workload, its journal and, where one runs, its rollout. Thrown away at any
 * error, and opened again from the cluster: what it knows is all there.
 *
 * <p>Not thread-safe: the operator's framework lets one thread at a time have a resource.
 */
final class Session implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(15);

    private final Surroundings around;
    private final Workload workload;
    private final ConfigMapJournal journal;
    private final Desired desired;
    private final AnnotationInbox inbox;
    private final KubernetesEvents events;
    private final StatusWriter status;
    private final Undo undo;
    private final Adoption adoption;
    private PhasedRollout resource;
    private @Nullable Controller controller;
    private @Nullable Revision wanted;
    private @Nullable String refused;
    private boolean installed;
    private boolean canarySeen;
    private long told;

    private Session(Surroundings around, PhasedRollout resource, Workload workload, ConfigMapJournal journal) {
        this.around = around;
        this.resource = resource;
        this.workload = workload;
        this.journal = journal;
        Revisions revisions = new Revisions(
                around.client(),
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName());
        this.desired = new Desired(around.client(), revisions);
        this.inbox = new AnnotationInbox(around.client(), around.clock(), resource);
        this.events = new KubernetesEvents(around.client(), around.clock(), resource);
        this.status = new StatusWriter(around.client(), around.clock(), resource);
        this.undo = new Undo(around.client(), revisions, events, resource.getStatus());
        this.adoption = new Adoption(around.client(), around.clock(), events);
        List<JournalEntry> entries = journal.entries();
        this.told = entries.isEmpty() ? 0 : entries.getLast().sequence();
    }

    /**
     * @param resource as the API server has it now
     * @throws IllegalArgumentException if it cannot be carried out, with the field and the remedy
     */
    static Session open(Surroundings around, PhasedRollout resource) {
        PhasedRolloutStatus.JournalMark mark =
                resource.getStatus() == null ? null : resource.getStatus().journal();
        ConfigMapJournal journal = ConfigMapJournal.open(
                around.client(),
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                around.clock(),
                mark == null ? 0 : mark.sequence(),
                mark == null ? null : mark.head());
        Session session = new Session(around, resource, around.workloads().find(resource), journal);
        session.takeUp();
        return session;
    }

    /** A rollout that runs goes on by its own plan, whatever the spec says by now. */
    private void takeUp() {
        Optional<LastRollout> last = LastRollout.of(journal.entries(), null);
        installed = last.isPresent();
        if (last.isPresent() && !last.get().ended()) {
            controller = Opening.open(parts(), last.get().plan(), List.of()).controller();
        }
    }

    /**
     * One look and one step.
     *
     * @param newer the resource as it was last seen to be
     * @return time until the next is due
     */
    Duration advance(PhasedRollout newer) {
        resource = newer;
        inbox.at(newer);
        refused = null;
        Duration due = SOON;
        try {
            Revision ofTemplate = desired.revision(newer);
            undo.look(newer, ofTemplate, journal.entries());
            wanted = undo.pinned(ofTemplate);
            Controller running = running();
            due = running == null ? settle(wanted) : step(running);
        } catch (IllegalArgumentException unfit) {
            refused = String.valueOf(unfit.getMessage());
            due = IDLE;
        }
        tell();
        writeStatus();
        return due;
    }

    /**
     * One step back to stable, for a resource that is to go.
     *
     * @return time until the next is due; zero when stable serves and the resource may go
     */
    Duration withdraw(PhasedRollout going) {
        resource = going;
        inbox.at(going);
        Controller running = running();
        if (running == null || running.ended()) {
            events.say("Deleted", "the workload stays as it is and serves; nothing of it is deleted", false);
            return Duration.ZERO;
        }
        if (running.state().stage().kind().commands().contains(CommandKind.ABORT)) {
            abort("deletion of the PhasedRollout", "the resource was deleted in the middle of a rollout");
        }
        Duration due = step(running);
        tell();
        writeStatus();
        return running.ended() ? SOON : due;
    }

    /** The rollout that moves, or would on a command; null where there is none. */
    private @Nullable Controller running() {
        Controller known = controller;
        if (known == null) {
            return null;
        }
        boolean asked = !inbox.waiting().isEmpty();
        return known.ended() && !asked ? null : known;
    }

    private Duration step(Controller running) {
        if (!running.ended()) {
            abortIfTheCanaryWasTaken(running);
            abortIfStableIsWanted(running);
            if (!goingAnyway(running)) {
                putBack(running.state().roles().canary());
            }
        }
        Duration due = running.tick();
        return running.ended() ? SOON : due;
    }

    private void abortIfTheCanaryWasTaken(Controller running) {
        Color canary = running.state().roles().canary();
        OptionalInt replicas = workload.replicas(canary);
        boolean there = replicas.orElse(0) > 0;
        boolean expected = canarySeen || serves(running.state().stage());
        if (expected && !there && !goingAnyway(running)) {
            abort(
                    "a person",
                    replicas.isEmpty() ? "the canary's Deployment was deleted" : "the canary was scaled to 0");
        }
        canarySeen = there;
    }

    private static boolean goingAnyway(Controller running) {
        return !running.state().stage().kind().commands().contains(CommandKind.ABORT);
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

    private void abortIfStableIsWanted(Controller running) {
        Revision now = wanted;
        boolean back = now != null
                && now.hash().equals(ReleaseOfTemplate.hash(running.plan().stable()));
        if (back && running.state().stage().kind().commands().contains(CommandKind.ABORT)) {
            abort("the template", "it is again the release that serves");
        }
    }

    private void abort(String by, String why) {
        inbox.add(new Command(
                "operator/" + CommandKind.ABORT + "/"
                        + (controller == null ? "" : controller.state().id()) + "/" + why,
                CommandKind.ABORT,
                by,
                why,
                around.clock().instant()));
    }

    /** No rollout runs: begins one, if another release is wanted than serves. */
    private Duration settle(Revision release) {
        TargetView view = workload.target().observe();
        Routing routing = view.routing();
        canarySeen = false;
        installed = routing != null;
        if (Adoption.asksBack(resource)) {
            return adoption.giveBack(resource, workload, view, release) ? SOON : IDLE;
        }
        if (routing == null) {
            adoption.begin();
            return Installation.advance(
                    workload, view, release.release(), resource.getSpec().wantedReplicas());
        }
        Optional<ReleaseSpec> stable = workload.ordered(routing.stable());
        if (stable.isEmpty() || ReleaseOfTemplate.hash(stable.get()).equals(release.hash())) {
            keep(view, routing, stable.orElse(release.release()));
            nothingRuns();
            return adoption.takeOver(resource, workload, view, routing.stable()) ? SOON : IDLE;
        }
        return begin(view, routing, stable.get(), release.release());
    }

    private Duration begin(TargetView view, Routing routing, ReleaseSpec stable, ReleaseSpec release) {
        ReleaseSpec canary = routing.canary() == null || routing.weight() == 0
                ? release
                : workload.ordered(routing.canary()).orElse(release);
        int replicas = resource.getSpec().wantedReplicas();
        RolloutPlan plan = undo.planFor(valid(Desired.plan(resource, stable, canary, replicas)));
        Opening opening = Opening.open(parts(), plan, List.of());
        controller = opening.controller();
        return switch (opening) {
            case Opening.AlreadyEnded _ -> {
                keep(view, routing, stable);
                yield IDLE;
            }
            case Opening.Recovered _ -> {
                events.say(
                        "MemoryLost",
                        "roles and weight were read back from the cluster; nothing rises until somebody promotes",
                        true);
                yield Duration.ZERO;
            }
            case Opening.Begun _, Opening.Resumed _ -> Duration.ZERO;
        };
    }

    private static RolloutPlan valid(Reading<RolloutPlan> reading) {
        return switch (reading) {
            case Reading.Valid<RolloutPlan>(RolloutPlan plan) -> plan;
            case Reading.Invalid<RolloutPlan>(List<Problem> problems) ->
                throw new IllegalArgumentException(
                        problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        };
    }

    /** The one release in its full size, the other colour empty, and nothing of it changed by others. */
    private void keep(TargetView view, Routing routing, ReleaseSpec stable) {
        int replicas = resource.getSpec().wantedReplicas();
        if (view.desired(routing.stable()) != replicas) {
            workload.target().deploy(routing.stable(), stable, replicas);
        }
        putBack(routing.stable().other());
    }

    private void putBack(Color canary) {
        workload.revert(canary).forEach(what -> events.say("Reverted", what, true));
    }

    private void nothingRuns() {
        List<Command> waiting = inbox.waiting();
        waiting.forEach(command ->
                events.say("NothingToDo", command.kind() + " by " + command.by() + ": no rollout runs", true));
        inbox.done(waiting);
    }

    /** The plan as the resource says it now; null where it cannot be read, or there is nothing left to roll out. */
    private @Nullable RolloutPlan planNow() {
        Controller running = controller;
        Revision now = wanted;
        if (running == null || now == null) {
            return null;
        }
        RolloutPlan plan = running.plan();
        boolean stableAgain = now.hash().equals(ReleaseOfTemplate.hash(plan.stable()));
        if (stableAgain) {
            return running.state().stage().kind().ended() ? null : plan;
        }
        boolean same = now.hash().equals(ReleaseOfTemplate.hash(plan.canary()));
        if (same && undo.derived(plan)) {
            return plan;
        }
        ReleaseSpec canary = same ? plan.canary() : now.release();
        return switch (Desired.plan(resource, plan.stable(), canary, plan.stableReplicas())) {
            case Reading.Valid<RolloutPlan>(RolloutPlan read) -> read;
            case Reading.Invalid<RolloutPlan>(List<Problem> problems) -> {
                refused = problems.getFirst().toString();
                yield null;
            }
        };
    }

    private Parts parts() {
        return new Parts(
                workload.target(),
                workload.metrics(),
                workload.probe(),
                journal,
                inbox,
                events,
                around.clock(),
                around.background(),
                this::planNow,
                around.ids(),
                around.by());
    }

    /** What was decided since the last time, as events. */
    private void tell() {
        for (JournalEntry entry : journal.entries()) {
            if (entry.sequence() > told) {
                Told.of(entry).ifPresent(event -> events.say(event.reason(), event.message(), event.warning()));
                told = entry.sequence();
            }
        }
    }

    private void writeStatus() {
        LastRollout last = controller != null
                ? new LastRollout(controller.plan(), controller.state())
                : LastRollout.of(journal.entries(), journal.checkpointed()).orElse(null);
        status.write(
                resource,
                new StatusWriter.Facts(
                        last, stable(last), wanted, undo.pin(), refused, installed, adoption.view(), journal));
    }

    private @Nullable ReleaseSpec stable(@Nullable LastRollout last) {
        if (last != null) {
            boolean promoted = last.state().stage().kind() == StageKind.COMPLETED;
            return promoted ? last.plan().canary() : last.plan().stable();
        }
        Revision now = wanted;
        return now == null ? null : now.release();
    }

    @Override
    public void close() {
        workload.close();
        journal.close();
    }
}
