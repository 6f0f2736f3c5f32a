package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.engine.Stage.HoldCause;
import dev.vextrus.rollout.engine.Stage.Holding;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.plan.Speed;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An outage of both releases in which one of them has a little more bad luck than the other. */
class SharedOutageTest {
    private static final Duration OUTAGE = Duration.ofMinutes(2);

    @Test
    void a_canary_that_is_back_a_little_later_than_stable_is_not_blamed() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, state -> baked(state, 0).compareTo(Duration.ofMinutes(20)) >= 0);
        outage(world, Duration.ofSeconds(15));

        RolloutState holding = world.runUntil(controller, SharedOutageTest::holds);
        RolloutState on = world.runUntil(controller, StageKind.BAKING, 1);

        assertThat(holding.routing().weight()).isEqualTo(0.1);
        assertThat(on.ending()).isNull();
        assertThat(on.phases().getFirst().extended())
                .as("what the gates judge is without the outage")
                .isFalse();
    }

    @Test
    void what_was_counted_before_an_outage_of_both_was_known_for_one_does_not_outlive_it() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, state -> baked(state, 0).compareTo(Duration.ofMinutes(20)) >= 0);
        outage(world, Duration.ofSeconds(15));
        world.runUntil(controller, SharedOutageTest::holds);

        RolloutState after = world.runUntil(controller, state -> !holds(state));

        // The two seconds in which only one of them had failed yet, of outage after outage, added up to a verdict.
        assertThat(Objects.requireNonNull(after.watch().evidence()).startSecond())
                .isEqualTo(after.since().getEpochSecond());
        assertThat(after.ending()).isNull();
    }

    @Test
    void what_the_canary_answers_late_after_its_weight_went_away_is_not_held_against_it() {
        World world = new World(compressed());
        world.traffic.canaryAnswersLate(8);
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 0);
        Instant from = world.clock.instant();
        world.traffic.faults((color, now) -> now.isBefore(from.plusSeconds(4)) ? 1 : 0);

        RolloutState holding = world.runUntil(controller, SharedOutageTest::holds);
        RolloutState end = world.runToEnd(controller);

        assertThat(holding.routing().weight()).isZero();
        assertThat(end.stage().kind()).as(String.valueOf(end.ending())).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void an_outage_lasts_while_the_canary_still_owes_answers_to_what_it_was_asked_during_it() {
        World world = new World(compressed());
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 0);
        Instant from = world.clock.instant();
        world.traffic.faults((color, now) -> now.isBefore(from.plusSeconds(4)) ? 1 : 0);
        RolloutState holding = world.runUntil(controller, SharedOutageTest::holds);
        Instant later = ((Holding) holding.stage()).from().plusSeconds(20);
        world.target.inFlight(Map.of(Color.GREEN, 3));
        while (world.clock.instant().isBefore(later)) {
            world.without(controller.tick());
        }
        assertThat(holds(controller.state())).as("it has requests in flight").isTrue();

        world.target.inFlight(Map.of());
        controller.tick();
        assertThat(holds(controller.state())).isFalse();
    }

    @Test
    void a_canary_that_does_not_come_back_goes_back() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, state -> baked(state, 0).compareTo(Duration.ofMinutes(20)) >= 0);
        outage(world, Duration.ofDays(1));

        RolloutState end = world.runToEnd(controller);

        assertThat(Objects.requireNonNull(end.ending()).reason()).isEqualTo(ReasonCode.ERROR_RATE);
    }

    @Test
    void at_full_traffic_an_outage_that_stable_tells_of_holds_and_is_not_blamed_on_the_canary() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, state -> baked(state, 3).compareTo(Duration.ofMinutes(20)) >= 0);
        Instant back = outage(world, Duration.ofSeconds(15));
        world.probe.down = () -> world.clock.instant().isBefore(back) ? List.of("database") : List.of();

        RolloutState holding = world.runUntil(controller, SharedOutageTest::holds);
        RolloutState end = world.runToEnd(controller);

        assertThat(holding.routing().weight()).isEqualTo(1);
        assertThat(end.stage().kind()).as(String.valueOf(end.ending())).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void at_full_traffic_an_outage_of_seconds_that_stable_told_of_once_is_not_blamed_on_the_canary() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, state -> baked(state, 3).compareTo(Duration.ofMinutes(20)) >= 0);
        Instant from = world.clock.instant();
        world.traffic.faults((color, now) -> now.isBefore(from.plusSeconds(8)) ? 1 : 0.001);
        world.probe.down = () -> holds(controller.state()) ? List.of() : List.of("database");

        world.runUntil(controller, SharedOutageTest::holds);
        world.probe.down = List::of;
        RolloutState end = world.runToEnd(controller);

        assertThat(end.stage().kind()).as(String.valueOf(end.ending())).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void at_full_traffic_a_canary_that_fails_while_stable_is_well_goes_back() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, state -> baked(state, 3).compareTo(Duration.ofMinutes(20)) >= 0);
        Instant failing = world.clock.instant();
        outage(world, Duration.ofDays(1));

        RolloutState end = world.runToEnd(controller);

        assertThat(Objects.requireNonNull(end.ending()).reason()).isEqualTo(ReasonCode.HARMFUL_ERRORS);
        assertThat(Duration.between(failing, end.ending().decidedAt())).isLessThan(Duration.ofSeconds(45));
    }

    @Test
    void at_full_traffic_a_canary_that_does_not_come_back_when_the_outage_is_over_goes_back() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, state -> baked(state, 3).compareTo(Duration.ofMinutes(20)) >= 0);
        Instant back = outage(world, Duration.ofDays(1));
        world.probe.down = () -> world.clock.instant().isBefore(back) ? List.of("database") : List.of();

        RolloutState end = world.runToEnd(controller);

        assertThat(end.stage().kind()).isEqualTo(StageKind.ROLLED_BACK);
        assertThat(Objects.requireNonNull(end.ending()).decidedAt()).isAfter(back);
    }

    /** Bakes of eight seconds, and windows as short. */
    private static RolloutPlan compressed() {
        return Speed.faster(
                Plans.of(List.of(Plans.brief(1, 30, Duration.ofDays(2)), Plans.brief(2, 100, Duration.ofDays(2)))),
                21_600);
    }

    /** @return when stable is well again */
    private static Instant outage(World world, Duration longerOnCanary) {
        Instant from = world.clock.instant();
        Instant stableBack = from.plus(OUTAGE);
        Instant canaryBack = stableBack.plus(longerOnCanary);
        world.traffic.faults((color, now) -> now.isBefore(color == Color.GREEN ? canaryBack : stableBack) ? 1 : 0.001);
        return stableBack;
    }

    private static boolean holds(RolloutState state) {
        return state.stage() instanceof Holding holding && holding.cause() == HoldCause.SHARED_OUTAGE;
    }

    private static Duration baked(RolloutState state, int phase) {
        return state.stage() instanceof Stage.Baking baking && baking.phase() == phase
                ? baking.observed()
                : Duration.ZERO;
    }
}
