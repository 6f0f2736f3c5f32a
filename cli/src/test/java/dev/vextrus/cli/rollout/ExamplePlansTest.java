package dev.vextrus.cli.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.planfile.PlanReader;
import dev.vextrus.rollout.planfile.Reading;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The plans of examples/greeter are walked through one after the other, on one workload. */
class ExamplePlansTest {

    @Test
    void the_worse_release_is_planned_over_the_better_one_which_serves_by_then() {
        RolloutPlan better = plan("plan-better.yaml");
        RolloutPlan worse = plan("plan-worse.yaml");

        assertThat(worse.name()).isEqualTo(better.name());
        assertThat(worse.stable()).isEqualTo(better.canary());
    }

    private static RolloutPlan plan(String file) {
        return ((Reading.Valid<RolloutPlan>) PlanReader.read(Path.of("../examples/greeter", file))).value();
    }
}
