package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BlamingReleaseTest {
    @Test
    void a_release_that_knows_none_of_its_addresses_goes_back_within_seconds() {
        World world = new World(Plans.hourly());
        world.traffic.clientErrors((color, tenant, now) -> color == Color.GREEN ? 1 : 0.02);

        RolloutState state = world.runToEnd(world.open());

        Ending ending = Objects.requireNonNull(state.ending());
        Instant first = Objects.requireNonNull(state.watch().canary().first());
        assertThat(state.stage().kind()).isEqualTo(StageKind.ROLLED_BACK);
        assertThat(ending.reason()).isEqualTo(ReasonCode.CLIENT_ERRORS);
        assertThat(Duration.between(first, ending.decidedAt())).isLessThan(Duration.ofSeconds(10));
        assertThat(ending.message()).contains("of 2 tenants on the canary");
    }

    @Test
    void one_tenant_that_breaks_its_client_does_not_stop_a_rollout() {
        World world = new World(Plans.hourly());
        Instant breaks = world.clock.instant().plus(Duration.ofMinutes(30));
        world.traffic.clientErrors((color, tenant, now) -> tenant == 0 && now.isAfter(breaks) ? 1 : 0.02);

        assertThat(world.runToEnd(world.open()).stage().kind()).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void what_both_releases_refuse_is_blamed_on_neither() {
        World world = new World(Plans.hourly());
        Instant breaks = world.clock.instant().plus(Duration.ofMinutes(30));
        world.traffic.clientErrors((color, tenant, now) -> now.isAfter(breaks) ? 0.8 : 0.02);

        RolloutState state = world.runToEnd(world.open());

        assertThat(state.stage().kind()).as(String.valueOf(state.ending())).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void an_older_proxy_that_tells_nothing_of_it_is_watched_as_ever() {
        World world = new World(Plans.hourly());

        assertThat(world.runToEnd(world.open()).stage().kind()).isEqualTo(StageKind.COMPLETED);
    }
}
