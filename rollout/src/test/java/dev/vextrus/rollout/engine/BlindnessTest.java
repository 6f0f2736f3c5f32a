package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.engine.Stage.HoldCause;
import dev.vextrus.rollout.engine.Stage.Holding;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.BlindRules;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.VirtualClock;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Time that nobody watched is no proof of anything. */
class BlindnessTest {

    @Test
    void missing_metrics_hold_then_page_and_go_on_when_they_are_back() {
        World world = new World(Plans.hourly(), 5);
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 0);
        Instant lost = world.clock.instant();
        world.traffic.down(true);

        world.runUntil(controller, StageKind.HOLDING, 0);
        world.runUntil(controller, s -> s.stage() instanceof Holding h && h.paged());
        assertThat(world.told).anyMatch(t -> t.startsWith("PAGE") && t.contains("metrics are missing"));
        world.traffic.down(false);
        RolloutState back = world.runUntil(controller, StageKind.BAKING, 0);

        assertThat(back.watch().freshness().owed()).isTrue();
        RolloutState gated = world.runUntil(controller, s -> s.stage().kind() == StageKind.GATING);
        Duration passed = Duration.between(lost, gated.since());
        assertThat(passed).as("the blind time was added to the bake").isGreaterThan(Duration.ofMinutes(65));
        assertThat(world.runToEnd(controller).stage().kind()).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void metrics_missing_for_too_long_go_back_to_stable() {
        World world = new World(Plans.hourly(), 5);
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 1);
        world.traffic.down(true);

        RolloutState state = world.runToEnd(controller);

        assertThat(Objects.requireNonNull(state.ending()).reason()).isEqualTo(ReasonCode.METRICS_MISSING);
        assertThat(state.stage().kind()).isEqualTo(StageKind.ROLLED_BACK);
    }

    @Test
    void metrics_missing_for_too_long_go_back_one_phase_where_the_plan_says_so() {
        BlindRules rules = new BlindRules(
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                BlindRules.GoBack.ONE_PHASE,
                Duration.ofMinutes(1),
                Duration.ofMinutes(30));
        World world = new World(Plans.withBlind(rules), 5);
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 2);
        world.traffic.down(true);

        RolloutState lowered = world.runUntil(controller, s -> s.routing().weight() == 0.3);
        assertThat(lowered.stage().kind()).isEqualTo(StageKind.HOLDING);
        world.traffic.down(false);

        assertThat(world.runToEnd(controller).stage().kind()).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void a_crash_loop_is_acted_upon_while_the_metrics_are_missing() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 0);
        world.traffic.down(true);
        world.runUntil(controller, StageKind.HOLDING, 0);
        world.target.crash((version, now) -> version.equals("1.1.0"));

        assertThat(Objects.requireNonNull(world.runToEnd(controller).ending()).reason())
                .isEqualTo(ReasonCode.CRASH_LOOP);
    }

    @Test
    void a_controller_gone_for_longer_than_the_bake_moves_nothing_before_a_fresh_verdict() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        Duration before = baked(world.runUntil(controller, s -> baked(s).toMinutes() >= 20));

        world.without(Duration.ofHours(5));
        Controller next = world.open();
        next.tick();

        assertThat(next.state().stage().kind()).isEqualTo(StageKind.BAKING);
        assertThat(baked(next.state())).as("five hours unobserved do not count").isLessThan(before.plusSeconds(11));
        assertThat(next.state().watch().freshness().owed()).isTrue();
        assertThat(next.state().routing().weight()).isEqualTo(0.1);
        Instant back = world.clock.instant();
        RolloutState gated = world.runUntil(next, s -> s.stage().kind() == StageKind.GATING);
        assertThat(Duration.between(back, gated.since()))
                .as("what was not baked before is baked now")
                .isGreaterThan(Duration.ofMinutes(39));
    }

    @Test
    void a_release_that_went_bad_while_the_controller_was_gone_is_not_moved_on() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, s -> baked(s).toMinutes() >= 59);
        world.traffic.faults((color, now) -> color == Color.GREEN ? 0.3 : 0);

        world.without(Duration.ofMinutes(10));
        RolloutState state = world.runToEnd(world.open());

        assertThat(Objects.requireNonNull(state.ending()).reason()).isEqualTo(ReasonCode.HARMFUL_ERRORS);
        assertThat(world.target.effects()).noneMatch(e -> e.contains("30%"));
    }

    @Test
    void an_outage_that_both_share_holds_and_blames_nobody() {
        World world = new World(Plans.hourly());
        Instant from = VirtualClock.START.plusSeconds(2400);
        Instant to = from.plusSeconds(300);
        world.traffic.faults((color, now) -> now.isAfter(from) && now.isBefore(to) ? 0.4 : 0.001);
        Controller controller = world.open();

        RolloutState holding = world.runUntil(controller, s -> s.stage().kind() == StageKind.HOLDING);

        assertThat(((Holding) holding.stage()).cause()).isEqualTo(HoldCause.SHARED_OUTAGE);
        RolloutState later = world.runUntil(controller, StageKind.BAKING, 0);
        assertThat(later.ending()).isNull();
    }

    @Test
    void an_outage_that_begins_right_after_a_rise_takes_the_weight_back_one_phase() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 1);
        Instant from = world.clock.instant();
        world.traffic.faults((color, now) -> now.isBefore(from.plusSeconds(120)) ? 0.4 : 0.001);

        RolloutState holding = world.runUntil(controller, s -> s.stage().kind() == StageKind.HOLDING);

        assertThat(((Holding) holding.stage()).cause()).isEqualTo(HoldCause.SHARED_OUTAGE);
        assertThat(holding.routing().weight()).isEqualTo(0.1);
        assertThat(world.runUntil(controller, StageKind.BAKING, 0).ending()).isNull();
    }

    @Test
    void stable_failing_while_the_canary_is_good_does_not_blame_the_canary() {
        World world = new World(Plans.hourly(), 5);
        world.traffic.faults((color, now) -> color == Color.BLUE ? 0.05 : 0.001);

        assertThat(world.runToEnd(world.open()).stage().kind()).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void traffic_that_stops_holds_and_does_not_count_as_bake() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 0);
        world.traffic.silent(true);

        RolloutState holding = world.runUntil(controller, s -> s.stage().kind() == StageKind.HOLDING);

        assertThat(((Holding) holding.stage()).cause()).isEqualTo(HoldCause.NO_TRAFFIC);
        world.without(Duration.ofHours(2));
        world.traffic.silent(false);
        RolloutState back = world.runUntil(controller, StageKind.BAKING, 0);
        assertThat(baked(back)).isLessThan(Duration.ofMinutes(10));
    }

    @Test
    void requests_that_go_astray_are_sent_again_and_the_verdict_begins_anew() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, s -> baked(s).toMinutes() >= 5);
        int orders = world.target.orders();
        world.traffic.strays(() -> world.target.orders() == orders);

        RolloutState holding = world.runUntil(controller, s -> s.stage().kind() == StageKind.HOLDING);
        assertThat(((Holding) holding.stage()).cause()).isEqualTo(HoldCause.MISROUTED);
        RolloutState back = world.runUntil(controller, StageKind.BAKING, 0);

        assertThat(world.target.orders()).isEqualTo(orders + 1);
        assertThat(Objects.requireNonNull(back.watch().evidence()).startSecond())
                .isEqualTo(back.since().getEpochSecond());
        assertThat(world.runToEnd(controller).stage().kind()).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void requests_that_stay_astray_go_back() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, s -> baked(s).toMinutes() >= 5);
        world.traffic.strays(() -> true);

        RolloutState state = world.runToEnd(controller);

        assertThat(Objects.requireNonNull(state.ending()).reason()).isEqualTo(ReasonCode.MISROUTED);
        assertThat(state.stage().kind()).isEqualTo(StageKind.ROLLED_BACK);
        assertThat(world.told).anyMatch(t -> t.startsWith("PAGE") && t.contains("where they are sent"));
    }

    private static Duration baked(RolloutState state) {
        return state.stage() instanceof Stage.Baking baking ? baking.observed() : Duration.ZERO;
    }
}
