package dev.vextrus.rollout.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatusesTest {

    @Test
    void a_promoted_release_is_told_with_all_the_traffic_and_in_the_last_phase() {
        World world = new World(Plans.hourly(), 5);
        RolloutState state = world.runToEnd(world.open());

        StatusView status = Statuses.of(Plans.hourly(), state, world.clock.instant());

        assertThat(status.outcome()).isEqualTo("promoted");
        assertThat(status.weight()).isEqualTo(1);
        assertThat(status.phase()).isEqualTo(status.phaseCount()).isEqualTo(4);
    }

    @Test
    void a_release_that_went_back_is_told_without_traffic_and_in_the_phase_that_ended_it() {
        World world = new World(Plans.hourly());
        world.traffic.faults((color, now) -> color == Color.GREEN ? 0.2 : 0);
        RolloutState state = world.runToEnd(world.open());

        StatusView status = Statuses.of(Plans.hourly(), state, world.clock.instant());

        assertThat(status.outcome()).isEqualTo("rolled-back");
        assertThat(status.weight()).isZero();
        assertThat(status.phase()).isEqualTo(1);
    }

    @Test
    void what_it_took_does_not_grow_after_its_end() {
        World world = new World(Plans.hourly(), 5);
        RolloutState state = world.runToEnd(world.open());

        StatusView then = Statuses.of(Plans.hourly(), state, world.clock.instant());
        StatusView later =
                Statuses.of(Plans.hourly(), state, world.clock.instant().plus(Duration.ofDays(3)));

        assertThat(later.seconds()).isEqualTo(then.seconds()).isPositive();
        assertThat(Statuses.elapsed(state, world.clock.instant().plus(Duration.ofDays(3))))
                .isEqualTo(Duration.between(state.startedAt(), state.since()));
    }

    @Test
    void before_the_first_phase_there_is_neither_weight_nor_phase() {
        World world = new World(Plans.hourly(), 5);
        RolloutState state = world.runUntil(world.open(), s -> s.stage().kind() == StageKind.PREPARING);

        StatusView status = Statuses.of(Plans.hourly(), state, world.clock.instant());

        assertThat(status.weight()).isZero();
        assertThat(status.phase()).isZero();
    }
}
