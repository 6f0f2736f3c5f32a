package dev.vextrus.cli.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TrackTotals;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.planfile.PlanReader;
import dev.vextrus.rollout.planfile.Reading;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PowerTableTest {
    private static final Instant BEGAN = Instant.parse("2026-03-02T10:00:00Z");
    private static final RolloutPlan PLAN =
            ((Reading.Valid<RolloutPlan>) PlanReader.read(Path.of("../examples/greeter/plan-better.yaml"))).value();

    @Test
    void faults_of_a_canary_that_went_back_are_not_said_to_be_stables() {
        TrackTotals stable = new TrackTotals(900, 0, 20, BEGAN, BEGAN.plusSeconds(600), 0);
        TrackTotals gone = new TrackTotals(100, 60, 20, BEGAN.plusSeconds(60), BEGAN.plusSeconds(120), 0);

        PowerTable power = PowerTable.measured(Map.of(Color.BLUE, stable, Color.GREEN, gone), PLAN)
                .orElseThrow();

        assertThat(power.faultRate()).isCloseTo(0.5 / 901, within(1e-9));
        assertThat(power.requestsPerMinute()).isCloseTo(100, within(1e-9));
    }

    @Test
    void a_few_requests_are_nothing_to_go_by() {
        TrackTotals stable = new TrackTotals(99, 0, 20, BEGAN, BEGAN.plusSeconds(600), 0);

        assertThat(PowerTable.measured(Map.of(Color.BLUE, stable), PLAN)).isEmpty();
    }
}
