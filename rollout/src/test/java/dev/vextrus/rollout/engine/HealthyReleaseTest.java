package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HealthyReleaseTest {

    @Test
    void a_good_release_is_promoted_through_all_phases() {
        World world = new World(Plans.hourly(), 5);
        world.traffic.faults((color, now) -> 0.001);
        Controller controller = world.open();

        RolloutState state = world.runToEnd(controller);

        assertThat(state.stage().kind()).isEqualTo(StageKind.COMPLETED);
        assertThat(state.phases())
                .hasSize(4)
                .allSatisfy(p -> assertThat(p.observed()).isGreaterThanOrEqualTo(Duration.ofHours(1)));
        Routing routing = Objects.requireNonNull(world.target.routing());
        assertThat(routing.stable()).isEqualTo(Color.GREEN);
        assertThat(routing.canary()).isNull();
        assertThat(world.target.versions(Color.BLUE)).isEmpty();
        assertThat(world.target.versions(Color.GREEN)).containsExactly("1.1.0");
        assertThat(world.target.effects())
                .filteredOn(e -> e.startsWith("route"))
                .extracting(e -> e.split(" ", -1)[2])
                .containsExactly("0%", "10%", "30%", "60%", "100%", "0%");
    }

    @Test
    void a_cohort_of_a_higher_weight_contains_that_of_a_lower_one() {
        World world = new World(Plans.hourly(), 5);
        Controller controller = world.open();

        List<String> ten =
                world.runUntil(controller, StageKind.BAKING, 0).routing().cohort();
        List<String> thirty =
                world.runUntil(controller, StageKind.BAKING, 1).routing().cohort();

        assertThat(ten).hasSize(2);
        assertThat(thirty).hasSize(6).containsAll(ten);
    }

    @Test
    void a_release_without_the_contract_is_promoted_on_its_traffic_alone() {
        World world = new World(Plans.hourly(), 5);
        world.probe.offered = false;

        RolloutState state = world.runToEnd(world.open());

        assertThat(state.stage().kind()).isEqualTo(StageKind.COMPLETED);
        assertThat(state.checks().gates().values())
                .extracting(g -> g.outcome().name())
                .contains("OFF");
    }
}
