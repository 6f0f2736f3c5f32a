package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.BlindRules;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What counts as watched: time in which target and metrics both answered, all of it, and a canary that was asked something. */
class ObservedTimeTest {
    private static final Duration A_LOOK = Duration.ofSeconds(11);

    private final World world = new World(Plans.hourly());

    @Test
    void time_in_which_the_target_does_not_answer_is_not_baked() {
        Controller controller = baking(Duration.ofMinutes(5));
        Duration before = inPhase(controller);
        world.target.down(true);
        tickFor(controller, Duration.ofMinutes(10));

        assertThat(inPhase(controller)).isLessThan(before.plus(A_LOOK));
        assertThat(controller.state().stage().kind()).isEqualTo(StageKind.HOLDING);
    }

    @Test
    void windows_that_the_router_forgot_are_a_gap() {
        Controller controller = baking(Duration.ofMinutes(5));
        Duration before = inPhase(controller);
        world.traffic.losing(true);
        controller.tick();
        world.traffic.losing(false);

        assertThat(inPhase(controller)).isEqualTo(before);
        assertThat(controller.state().watch().freshness().owed()).isTrue();
    }

    @Test
    void a_clock_that_jumps_back_takes_nothing_from_the_bake() {
        Controller controller = baking(Duration.ofMinutes(5));
        Duration before = inPhase(controller);
        world.clock.advance(Duration.ofMinutes(-3));
        controller.tick();

        assertThat(inPhase(controller)).isEqualTo(before);
    }

    @Test
    void a_fresh_verdict_takes_its_time() {
        Controller controller = baking(Duration.ofMinutes(5));
        world.without(Duration.ofHours(1));
        tickFor(controller, BlindRules.DEFAULTS.freshFor().dividedBy(2));

        assertThat(controller.state().watch().freshness().owed()).isTrue();
        tickFor(controller, BlindRules.DEFAULTS.freshFor());
        assertThat(controller.state().watch().freshness().owed()).isFalse();
    }

    @Test
    void a_fresh_verdict_needs_a_request_of_the_canary() {
        Controller controller = baking(Duration.ofMinutes(5));
        world.traffic.silent(true);
        world.without(Duration.ofHours(1));
        tickFor(controller, BlindRules.DEFAULTS.freshFor().multipliedBy(3));

        assertThat(controller.state().watch().freshness().owed()).isTrue();
        world.traffic.silent(false);
        tickFor(controller, BlindRules.DEFAULTS.freshFor());
        assertThat(controller.state().watch().freshness().owed()).isFalse();
    }

    @Test
    void a_canary_that_nobody_sees_does_not_outlast_a_pause() {
        Controller controller = baking(Duration.ofMinutes(5));
        world.say(CommandKind.PAUSE, "lunch");
        world.runUntil(controller, StageKind.PAUSED, 0);
        world.traffic.down(true);

        RolloutState state = world.runToEnd(controller);

        assertThat(Objects.requireNonNull(state.ending()).reason()).isEqualTo(ReasonCode.METRICS_MISSING);
        assertThat(world.target.versions(Color.GREEN)).isEmpty();
    }

    private Controller baking(Duration observed) {
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 0);
        world.runUntil(controller, s -> inPhase(controller).compareTo(observed) >= 0);
        return controller;
    }

    private void tickFor(Controller controller, Duration time) {
        Instant until = world.clock.instant().plus(time);
        while (world.clock.instant().isBefore(until)) {
            world.without(controller.tick());
        }
    }

    private static Duration inPhase(Controller controller) {
        return Objects.requireNonNull(controller.state().phaseNow()).observed();
    }
}
