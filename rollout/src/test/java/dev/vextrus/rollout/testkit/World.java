package dev.vextrus.rollout.testkit;

import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.controller.Opening;
import dev.vextrus.rollout.controller.Parts;
import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.engine.CommandKind;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.Stage;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.port.CommandInbox;
import dev.vextrus.rollout.port.RolloutJournal;
import dev.vextrus.rollout.port.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Everything that a rollout runs in, on virtual time, with traffic that follows the routing. */
public final class World {
    private static final int ENOUGH = 30_000;

    public final VirtualClock clock = new VirtualClock();
    public final FakeTarget target = new FakeTarget(clock);
    public final FakeTraffic traffic;
    public final FakeProbe probe = new FakeProbe();
    public final List<String> told = new ArrayList<>();
    public RolloutJournal journal = new MemoryJournal();
    /** What the controller is given as its target; wrapped by tests that kill it. */
    public Target seenTarget = target;

    /** On what the releases are asked; at once, unless a test lets answers come late. */
    public Executor background = Runnable::run;

    public @Nullable RolloutPlan planFile;
    /** What an autoscaler wants; 0 for as many as the plan began with. */
    public int replicas;

    private final List<Command> inbox = new ArrayList<>();
    private final RolloutPlan plan;
    private int commandCount;
    private int ids;

    public World(RolloutPlan plan) {
        this(plan, 1);
    }

    public World(RolloutPlan plan, int granularitySeconds) {
        this.plan = plan;
        this.traffic = new FakeTraffic(clock, target, 20, 5, granularitySeconds, 42);
        if (granularitySeconds > 1) {
            // Coarse windows close late; tenants must be known before the first shift.
            without(Duration.ofSeconds(2L * granularitySeconds));
        }
    }

    public Controller open(GateName... forced) {
        return Opening.open(parts(), plan, List.of(forced)).controller();
    }

    public Parts parts() {
        return new Parts(
                seenTarget,
                traffic,
                probe,
                journal,
                new CommandInbox() {
                    @Override
                    public List<Command> waiting() {
                        return List.copyOf(inbox);
                    }

                    @Override
                    public void done(List<Command> commands) {
                        inbox.removeAll(commands);
                    }
                },
                (level, message) -> told.add(level + " " + message),
                clock,
                background,
                () -> planFile,
                planned -> replicas == 0 ? planned : replicas,
                () -> "rollout-" + ++ids,
                "test");
    }

    public void say(CommandKind kind, String reason) {
        inbox.add(new Command("c" + ++commandCount, kind, "ada", reason, clock.instant()));
    }

    /** Ticks, with time passing, until {@code wanted}. */
    public RolloutState runUntil(Controller controller, Predicate<RolloutState> wanted) {
        for (int i = 0; i < ENOUGH; i++) {
            if (wanted.test(controller.state())) {
                return controller.state();
            }
            if (controller.ended()) {
                throw new AssertionError("ended before: " + controller.state().stage() + " "
                        + controller.state().ending());
            }
            Duration recheck = controller.tick();
            clock.advance(recheck);
            traffic.flow();
        }
        throw new AssertionError("never came; at last " + controller.state().stage() + " "
                + controller.state().checks().gates());
    }

    public RolloutState runToEnd(Controller controller) {
        return runUntil(controller, s -> controller.ended());
    }

    public RolloutState runUntil(Controller controller, StageKind kind, int phase) {
        return runUntil(
                controller,
                s -> s.stage().kind() == kind && (!(s.stage() instanceof Stage.InPhase in) || in.phase() == phase));
    }

    /** Lets time pass without a controller. */
    public void without(Duration duration) {
        clock.advance(duration);
        traffic.flow();
    }
}
