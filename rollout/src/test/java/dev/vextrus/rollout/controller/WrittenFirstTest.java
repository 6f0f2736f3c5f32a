package dev.vextrus.rollout.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.Action;
import dev.vextrus.rollout.engine.CommandKind;
import dev.vextrus.rollout.engine.Stage;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A decision is written down before it is carried out, and what is written down as done is not done again. */
class WrittenFirstTest {
    private static final RolloutPlan SHORT =
            Plans.of(List.of(Plans.brief(1, 30, Duration.ofMinutes(1)), Plans.brief(2, 100, Duration.ofMinutes(1))));

    private final World world = new World(SHORT, 5);

    @Test
    void every_order_to_the_target_stands_in_the_journal_before_it_is_given() {
        List<String> orders = new ArrayList<>();
        world.seenTarget = new WatchedTarget(world.target, order -> {
            assertThat(Left.of(world.journal.entries()).orders())
                    .as("written down, and not done yet")
                    .startsWith(order);
            orders.add(order);
        });

        world.runToEnd(world.open());

        assertThat(orders).contains("deploy GREEN 1", "stop BLUE");
    }

    @Test
    void whoever_follows_does_what_is_not_written_down_as_done_and_nothing_else() {
        List<String> done = new ArrayList<>();
        for (Moment moment : Moment.values()) {
            int action = 1;
            while (followsAfter(action, moment, done)) {
                action++;
            }
            assertThat(action).as("moments at which it was killed").isGreaterThan(10);
        }
        assertThat(done).as("left to the one who follows").anyMatch(o -> o.startsWith("route"));
    }

    /** Returns whether there were so many actions that it was killed. */
    private static boolean followsAfter(int action, Moment moment, List<String> done) {
        World world = new World(SHORT, 5);
        world.traffic.faults((color, now) -> color == Color.GREEN ? 0.3 : 0);
        RolloutJournal journal = world.journal;
        world.journal = dying(journal, nthAction(action), moment);
        if (!dies(() -> world.runToEnd(world.open()))) {
            return false;
        }
        world.journal = journal;
        Left left = Left.of(journal.entries());
        List<String> orders = new ArrayList<>();
        world.seenTarget = new WatchedTarget(world.target, orders::add);
        int told = world.told.size();

        world.open();

        assertThat(orders)
                .as("killed %s action %d was written down", moment, action)
                .isEqualTo(left.orders());
        assertThat(world.told)
                .as("killed %s action %d was written down", moment, action)
                .hasSize(told + left.messages());
        done.addAll(orders);
        return true;
    }

    @Test
    void of_an_order_and_a_message_the_one_that_is_written_down_as_done_is_not_repeated() {
        World world = new World(Plans.hourly());
        Controller mortal = world.open();
        world.runUntil(mortal, StageKind.BAKING, 1);
        Instant from = world.clock.instant();
        world.traffic.faults((color, now) -> now.isBefore(from.plusSeconds(120)) ? 0.4 : 0.001);
        RolloutJournal journal = world.journal;
        world.journal = dying(journal, firstOfTwo(), Moment.AFTER);
        Controller killed = world.open();
        assertThat(dies(() -> world.runToEnd(killed))).isTrue();
        world.journal = journal;
        int orders = world.target.orders();
        int told = world.told.size();

        world.open();

        assertThat(world.target.routing()).isNotNull().returns(0.1, Routing::weight);
        assertThat(world.target.orders()).as("the weight is not ordered again").isEqualTo(orders);
        assertThat(world.told).as("people are told what they were not").hasSize(told + 1);
    }

    @Test
    void a_command_that_was_obeyed_before_the_kill_is_not_obeyed_again() {
        Controller next = killedOverACommand(Moment.AFTER);

        assertThat(next.state().stage()).isInstanceOf(Stage.Paused.class);
        next.tick();

        assertThat(next.state().stage()).isInstanceOf(Stage.Paused.class);
        assertThat(why()).filteredOn(w -> w.contains("pause by ada")).containsExactly("pause by ada (lunch)");
    }

    @Test
    void a_command_that_was_not_written_down_before_the_kill_is_obeyed_by_whoever_follows() {
        Controller next = killedOverACommand(Moment.BEFORE);

        assertThat(next.state().stage().kind()).isEqualTo(StageKind.BAKING);
        next.tick();

        assertThat(next.state().stage()).isInstanceOf(Stage.Paused.class);
    }

    private Controller killedOverACommand(Moment moment) {
        RolloutJournal journal = world.journal;
        Predicate<JournalRecord> paused = what ->
                what instanceof JournalRecord.Decided decided && decided.state().stage() instanceof Stage.Paused;
        world.journal = dying(journal, paused, moment);
        Controller mortal = world.open();
        world.runUntil(mortal, StageKind.BAKING, 0);
        world.say(CommandKind.PAUSE, "lunch");
        assertThat(dies(mortal::tick)).isTrue();
        world.journal = journal;
        return world.open();
    }

    private static boolean dies(Runnable life) {
        try {
            life.run();
            return false;
        } catch (Killed killed) {
            return true;
        }
    }

    private static Predicate<JournalRecord> nthAction(int action) {
        int[] seen = new int[1];
        return what -> what instanceof JournalRecord.Acted && ++seen[0] == action;
    }

    private static Predicate<JournalRecord> firstOfTwo() {
        int[] intended = new int[1];
        return what -> {
            if (what instanceof JournalRecord.Decided decided) {
                intended[0] = decided.actions().size();
            }
            return what instanceof JournalRecord.Acted acted && acted.action() == 0 && intended[0] > 1;
        };
    }

    private List<String> why() {
        return world.journal.entries().stream()
                .flatMap(entry -> entry.what() instanceof JournalRecord.Decided decided
                        ? decided.why().stream()
                        : Stream.<String>empty())
                .toList();
    }

    /** What the last decision intended and nobody has written down as done. */
    private record Left(List<String> orders, int messages) {

        static Left of(List<JournalEntry> entries) {
            List<Action> left = List.of();
            for (JournalEntry entry : entries) {
                switch (entry.what()) {
                    case JournalRecord.Decided decided -> left = decided.actions();
                    case JournalRecord.Acted _ -> left = left.subList(1, left.size());
                    case JournalRecord.Started _, JournalRecord.Resumed _ -> {}
                }
            }
            List<String> orders = left.stream()
                    .map(Left::order)
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .toList();
            return new Left(orders, left.size() - orders.size());
        }

        private static @Nullable String order(Action action) {
            return switch (action) {
                case Action.Deploy deploy -> "deploy " + deploy.color() + " " + deploy.replicas();
                case Action.Route route -> "route " + route.routing().epoch();
                case Action.Drain drain -> "drain " + drain.color();
                case Action.CollectEvidence collect -> "evidence " + collect.color();
                case Action.Stop stop -> "stop " + stop.color();
                case Action.Tell _ -> null;
            };
        }
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private enum Moment {
        BEFORE,
        AFTER
    }

    /** Its controller is killed before or after one entry is written. */
    private static RolloutJournal dying(RolloutJournal journal, Predicate<JournalRecord> at, Moment moment) {
        return new JournalOfTheDying(journal, (real, what, time) -> {
            boolean last = at.test(what);
            if (last && moment == Moment.BEFORE) {
                throw new Killed();
            }
            JournalEntry entry = real.append(what, time);
            if (last) {
                throw new Killed();
            }
            return entry;
        });
    }

    /** Tells of each order before it is carried out. */
    private record WatchedTarget(Target real, Consumer<String> before) implements Target {
        @Override
        public TargetView observe() {
            return real.observe();
        }

        @Override
        public void deploy(Color color, ReleaseSpec release, int replicas) {
            before.accept("deploy " + color + " " + replicas);
            real.deploy(color, release, replicas);
        }

        @Override
        public void route(Routing routing) {
            before.accept("route " + routing.epoch());
            real.route(routing);
        }

        @Override
        public void drain(Color color) {
            before.accept("drain " + color);
            real.drain(color);
        }

        @Override
        public List<String> collectEvidence(Color color) {
            before.accept("evidence " + color);
            return real.collectEvidence(color);
        }

        @Override
        public void stop(Color color) {
            before.accept("stop " + color);
            real.stop(color);
        }

        @Override
        public Capabilities capabilities() {
            return real.capabilities();
        }
    }
}
