package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.controller.Opening;
import dev.vextrus.rollout.controller.Parts;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rolloutkubernetes.journal.ConfigMapJournal;
import dev.vextrus.rolloutkubernetes.journal.LastRollout;
import dev.vextrus.rolloutkubernetes.operator.Revisions.Revision;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutStatus;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final Wishes wishes;
    private final KubernetesEvents events;
    private final StatusWriter status;
    private final Undo undo;
    private final PlanOfSpec plans;
    private final ImpliedAborts aborts;
    private final Adoption adoption;
    private final BetweenRollouts between;
    private PhasedRollout resource;
    private @Nullable Controller controller;
    private @Nullable Revision wanted;
    private @Nullable String refused;
    private boolean installed;
    private @Nullable String keptOut;
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
        this.wishes = new Wishes(around.client(), around.clock(), resource);
        this.events = new KubernetesEvents(around.client(), around.clock(), resource);
        this.status = new StatusWriter(around.client(), around.clock(), resource);
        this.undo = new Undo(around.client(), revisions, events, resource.getStatus());
        this.plans = new PlanOfSpec(undo);
        this.aborts = new ImpliedAborts(workload, wishes, around.clock());
        this.adoption = new Adoption(around.client(), around.clock(), events);
        this.between = new BetweenRollouts(workload, wishes, events, adoption);
        List<JournalEntry> entries = journal.entries();
        this.told = entries.isEmpty() ? 0 : entries.getLast().sequence();
    }

    /**
     * @param resource as the API server has it now
     * @throws IllegalArgumentException if it cannot be carried out, with the field and the remedy
     */
    static Session open(Surroundings around, PhasedRollout resource) {
        PhasedRolloutStatus status = resource.getStatus();
        ConfigMapJournal journal = ConfigMapJournal.open(
                around.client(),
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                around.clock(),
                status == null ? null : status.journal());
        Session session = new Session(around, resource, around.workloads().find(resource), journal);
        session.takeUp(status == null ? null : status.rejectedHash());
        return session;
    }

    /** Whether it can go on: a rollout keeps its router and its metrics to the end, and only then another takes over. */
    boolean fits(PhasedRollout newer) {
        return (controller != null && !controller.ended()) || workload.fits(newer);
    }

    /** A rollout that runs goes on by its own plan, whatever the spec says by now. */
    private void takeUp(@Nullable String rejected) {
        if (journal.lost()) {
            events.say(
                    "JournalLost",
                    "every ConfigMap of the journal is gone; a new one follows the hash that the status names",
                    true);
        }
        Optional<LastRollout> last = LastRollout.of(journal.entries(), null);
        installed = last.isPresent();
        keptOut = last.isPresent() ? null : rejected;
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
        wishes.at(newer, onTrial());
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
        wishes.at(going, onTrial());
        if (controller == null && journal.lost() && canaryServes()) {
            settle(desired.revision(going));
        }
        Controller running = running();
        if (running == null || running.ended()) {
            events.say("Deleted", "the workload stays as it is and serves; nothing of it is deleted", false);
            return Duration.ZERO;
        }
        if (ImpliedAborts.possible(running)) {
            aborts.give(
                    running, "deletion of the PhasedRollout", "the resource was deleted in the middle of a rollout");
        }
        Duration due = step(running);
        tell();
        writeStatus();
        return running.ended() ? SOON : due;
    }

    /** What the release is called that is on trial, or was kept out. */
    private Set<String> onTrial() {
        if (controller == null) {
            return keptOut == null ? Set.of() : Set.of(keptOut);
        }
        ReleaseSpec release = controller.plan().canary();
        return new LinkedHashSet<>(List.of(release.version(), ReleaseOfTemplate.hash(release)));
    }

    private boolean canaryServes() {
        Routing routing = workload.target().observe().routing();
        return routing != null && routing.weight() > 0;
    }

    /** The rollout that moves, or would on a command; null where there is none. */
    private @Nullable Controller running() {
        Controller known = controller;
        if (known == null) {
            return null;
        }
        boolean asked = !wishes.waiting().isEmpty();
        return known.ended() && !asked ? null : known;
    }

    private Duration step(Controller running) {
        if (!running.ended()) {
            aborts.look(running, wanted);
            if (ImpliedAborts.possible(running)) {
                between.putBack(running.state().roles().canary());
            }
        }
        Duration due = running.tick();
        return running.ended() ? SOON : due;
    }

    /** No rollout runs: begins one, if another release is wanted than serves. */
    private Duration settle(Revision release) {
        aborts.forget();
        return switch (between.look(resource, release, keptOut)) {
            case BetweenRollouts.Next.Wait wait -> {
                installed = wait.installed();
                yield wait.due();
            }
            case BetweenRollouts.Next.Begin begin -> {
                installed = true;
                yield begin(begin);
            }
        };
    }

    private Duration begin(BetweenRollouts.Next.Begin next) {
        boolean lost = journal.lost();
        RolloutPlan plan = plans.first(resource, next.stable(), next.canary());
        Opening opening = Opening.open(parts(), plan, List.of());
        Controller opened = opening.controller();
        controller = opened;
        keptOut = null;
        return switch (opening) {
            case Opening.AlreadyEnded _ -> {
                between.keep(resource, next.view(), next.routing(), next.stable());
                yield IDLE;
            }
            case Opening.Recovered _ -> {
                if (lost) {
                    aborts.give(
                            opened,
                            "the operator",
                            "the journal was deleted in the middle of the rollout, and with it why it had come so far");
                } else {
                    events.say(
                            "MemoryLost",
                            "roles and weight were read back from the cluster; nothing rises until somebody promotes",
                            true);
                }
                yield Duration.ZERO;
            }
            case Opening.Begun _, Opening.Resumed _ -> Duration.ZERO;
        };
    }

    /** The plan as the resource says it now; null where it cannot be read, or there is nothing left to roll out. */
    private @Nullable RolloutPlan planNow() {
        Controller running = controller;
        Revision now = wanted;
        if (running == null || now == null) {
            return null;
        }
        try {
            return plans.now(resource, running, now).orElse(null);
        } catch (IllegalArgumentException unfit) {
            refused = String.valueOf(unfit.getMessage());
            return null;
        }
    }

    private Parts parts() {
        return new Parts(
                workload.target(),
                workload.metrics(),
                workload.probe(),
                journal,
                wishes,
                events,
                around.clock(),
                around.background(),
                this::planNow,
                _ -> resource.getSpec().wantedReplicas(),
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
                        last, stable(last), wanted, undo.pin(), refused, installed, keptOut, adoption.view(), journal));
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
