package dev.vextrus.rollout.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.port.RolloutJournal;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rollout.testkit.JournalOfTheDying;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The controller dies at every write to its journal and around every action, and whoever follows does nothing twice. */
class KilledControllerTest {
    private static final RolloutPlan SHORT =
            Plans.of(List.of(Plans.brief(1, 30, Duration.ofMinutes(1)), Plans.brief(2, 100, Duration.ofMinutes(1))));

    /** Dies like a process does: whatever was to follow does not. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Counts the moments at which a controller can die, and kills it at one of them. */
    private static final class Fuse {
        private final int killAt;
        private int moment;

        Fuse(int killAt) {
            this.killAt = killAt;
        }

        void burn() {
            if (++moment == killAt) {
                throw new Killed();
            }
        }
    }

    @Test
    void a_promotion_survives_a_kill_at_every_moment() {
        assertSameWhereverItDies(world -> world.traffic.faults((color, now) -> 0), StageKind.COMPLETED);
    }

    @Test
    void a_rollback_survives_a_kill_at_every_moment() {
        assertSameWhereverItDies(
                world -> world.traffic.faults((color, now) -> color == Color.GREEN ? 0.3 : 0), StageKind.ROLLED_BACK);
    }

    @Test
    void a_refusal_survives_a_kill_at_every_moment() {
        assertSameWhereverItDies(world -> world.probe.differsFrom = 3, StageKind.REFUSED);
    }

    private static void assertSameWhereverItDies(Consumer<World> scenario, StageKind end) {
        World undisturbed = new World(SHORT, 5);
        scenario.accept(undisturbed);
        Fuse count = new Fuse(Integer.MAX_VALUE);
        guard(undisturbed, count);
        assertThat(undisturbed.runToEnd(undisturbed.open()).stage().kind()).isEqualTo(end);
        List<String> expected = undisturbed.target.effects();

        for (int moment = 1; moment <= count.moment; moment++) {
            World world = new World(SHORT, 5);
            scenario.accept(world);
            RolloutJournal journal = world.journal;
            Target target = world.seenTarget;
            guard(world, new Fuse(moment));
            runUntilKilled(world);
            world.journal = journal;
            world.seenTarget = target;

            RolloutState state = world.runToEnd(world.open());

            assertThat(state.stage().kind()).as("killed at moment %d", moment).isEqualTo(end);
            // Evidence may be saved once more when nobody wrote down that it was; all that users feel happens once.
            assertThat(world.target.effects().stream().filter(e -> !e.startsWith("evidence")))
                    .as("killed at moment %d", moment)
                    .containsExactlyElementsOf(expected.stream()
                            .filter(e -> !e.startsWith("evidence"))
                            .toList());
        }
    }

    private static void runUntilKilled(World world) {
        try {
            world.runToEnd(world.open());
        } catch (Killed e) {
            return;
        }
        throw new AssertionError("the controller was to be killed and was not");
    }

    private static void guard(World world, Fuse fuse) {
        world.journal = new JournalOfTheDying(world.journal, (real, what, at) -> {
            fuse.burn();
            JournalEntry entry = real.append(what, at);
            fuse.burn();
            return entry;
        });
        world.seenTarget = new MortalTarget(world.target, fuse);
    }

    /** Dies before or after each order is carried out. */
    private record MortalTarget(Target real, Fuse fuse) implements Target {
        @Override
        public TargetView observe() {
            return real.observe();
        }

        @Override
        public void deploy(Color color, ReleaseSpec release, int replicas) {
            around(() -> real.deploy(color, release, replicas));
        }

        @Override
        public void route(Routing routing) {
            around(() -> real.route(routing));
        }

        @Override
        public void drain(Color color) {
            around(() -> real.drain(color));
        }

        @Override
        public List<String> collectEvidence(Color color) {
            fuse.burn();
            List<String> files = real.collectEvidence(color);
            fuse.burn();
            return files;
        }

        @Override
        public void stop(Color color) {
            around(() -> real.stop(color));
        }

        @Override
        public Capabilities capabilities() {
            return real.capabilities();
        }

        private void around(Runnable order) {
            fuse.burn();
            order.run();
            fuse.burn();
        }
    }
}
