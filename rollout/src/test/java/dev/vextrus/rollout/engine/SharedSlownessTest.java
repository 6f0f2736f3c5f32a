package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.engine.Stage.HoldCause;
import dev.vextrus.rollout.engine.Stage.Holding;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Both releases are slow at once, and the canary more so. */
class SharedSlownessTest {
    private static final double CANARY = 0.9;
    private static final double STABLE = 0.2;

    @Test
    void a_machine_that_is_full_for_some_minutes_after_a_shift_rolls_no_release_back() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 0);
        Instant until = world.clock.instant().plus(Duration.ofMinutes(6));
        world.traffic.slow((color, now) -> now.isAfter(until) ? 0.01 : color == Color.GREEN ? CANARY : STABLE);

        RolloutState holding = world.runUntil(controller, SharedSlownessTest::holds);
        RolloutState end = world.runToEnd(controller);

        assertThat(holding.routing().weight()).as("it came with the weight").isZero();
        assertThat(end.stage().kind()).as(String.valueOf(end.ending())).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void a_machine_that_is_full_in_mid_bake_holds_the_weight_and_goes_on() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, state -> baked(state).compareTo(Duration.ofMinutes(30)) >= 0);
        Instant until = world.clock.instant().plus(Duration.ofMinutes(6));
        world.traffic.slow((color, now) -> now.isAfter(until) ? 0.01 : color == Color.GREEN ? CANARY : STABLE);

        RolloutState holding = world.runUntil(controller, SharedSlownessTest::holds);
        RolloutState end = world.runToEnd(controller);

        assertThat(holding.routing().weight()).isEqualTo(0.1);
        assertThat(end.stage().kind()).as(String.valueOf(end.ending())).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void a_canary_that_drags_stable_down_whenever_it_serves_is_found_the_second_time() {
        World world = new World(Plans.hourly());
        world.traffic.slow((color, now) -> color == Color.GREEN ? CANARY : canaryServes(world, now) ? STABLE : 0.01);

        RolloutState end = world.runToEnd(world.open());

        Ending ending = Objects.requireNonNull(end.ending());
        assertThat(ending.reason()).isIn(ReasonCode.LATENCY, ReasonCode.HARMFUL_LATENCY);
        assertThat(ending.message())
                .contains("stable is slow at the same times: P95 1000 ms, and 20 ms before the canary came");
        assertThat(Duration.between(end.startedAt(), ending.decidedAt())).isLessThan(Duration.ofMinutes(20));
    }

    @Test
    void slowness_of_both_that_lasts_is_the_canarys_in_the_end() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, state -> baked(state).compareTo(Duration.ofMinutes(30)) >= 0);
        world.traffic.slow((color, now) -> color == Color.GREEN ? CANARY : STABLE);

        RolloutState holding = world.runUntil(controller, SharedSlownessTest::holds);
        RolloutState end = world.runToEnd(controller);

        Ending ending = Objects.requireNonNull(end.ending());
        assertThat(ending.reason()).isEqualTo(ReasonCode.LATENCY);
        assertThat(ending.message()).contains("stable is slow at the same times");
        assertThat(Duration.between(((Holding) holding.stage()).from(), ending.decidedAt()))
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(12));
    }

    @Test
    void a_canary_that_slows_both_again_and_again_is_not_let_off_for_ever() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, state -> baked(state).compareTo(Duration.ofMinutes(12)) >= 0);
        world.traffic.slow(
                (color, now) -> now.getEpochSecond() % 900 >= 360 ? 0.01 : color == Color.GREEN ? CANARY : STABLE);

        RolloutState end = world.runToEnd(controller);

        assertThat(Objects.requireNonNull(end.ending()).message()).contains("stable is slow at the same times");
        assertThat(end.watch().slowness().excuses()).isEqualTo(5);
    }

    @Test
    void a_pause_excuses_nothing() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, state -> baked(state).compareTo(Duration.ofMinutes(30)) >= 0);
        world.say(CommandKind.PAUSE, "lunch");
        world.runUntil(controller, state -> state.stage().kind() == StageKind.PAUSED);
        world.traffic.slow((color, now) -> color == Color.GREEN ? CANARY : STABLE);

        RolloutState end = world.runToEnd(controller);

        assertThat(Objects.requireNonNull(end.ending()).reason()).isIn(ReasonCode.LATENCY, ReasonCode.HARMFUL_LATENCY);
    }

    @Test
    void a_stall_of_stable_now_and_then_excuses_no_slow_canary() {
        World world = new World(Plans.hourly());
        world.traffic.slow((color, now) -> color == Color.GREEN ? CANARY : stallsAt(now) ? STABLE : 0.01);

        RolloutState end = world.runToEnd(world.open());

        assertThat(Objects.requireNonNull(end.ending()).reason()).isEqualTo(ReasonCode.HARMFUL_LATENCY);
        assertThat(end.watch().slowness().cameWithRise()).isNull();
    }

    @Test
    void a_canary_that_is_far_slower_than_an_ill_stable_answers_for_itself() {
        World world = new World(Plans.hourly());
        world.traffic.slowTake(color -> color == Color.GREEN ? 20_000 : 1_000);
        world.traffic.slow((color, now) -> color == Color.GREEN ? CANARY : canaryServes(world, now) ? STABLE : 0.01);

        RolloutState end = world.runToEnd(world.open());

        assertThat(Objects.requireNonNull(end.ending()).reason()).isEqualTo(ReasonCode.HARMFUL_LATENCY);
        assertThat(end.watch().slowness().cameWithRise()).isNull();
    }

    /** For a good quarter of each minute. */
    private static boolean stallsAt(Instant at) {
        long second = Math.floorMod(at.getEpochSecond(), 60);
        return second >= 20 && second < 38;
    }

    private static boolean canaryServes(World world, Instant at) {
        var routing = world.target.routingAt(at);
        return routing != null && routing.weight() > 0;
    }

    private static Duration baked(RolloutState state) {
        return state.stage() instanceof Stage.Baking baking ? baking.observed() : Duration.ZERO;
    }

    private static boolean holds(RolloutState state) {
        return state.stage() instanceof Holding holding && holding.cause() == HoldCause.SHARED_OUTAGE;
    }
}
