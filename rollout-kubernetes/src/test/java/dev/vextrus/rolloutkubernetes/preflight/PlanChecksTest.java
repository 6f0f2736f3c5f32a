package dev.vextrus.rolloutkubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.plan.PhaseGates;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.preflight.Check;
import dev.vextrus.rollout.preflight.Check.Outcome;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanChecksTest {
    private static final RouterChoice RATIO = new RouterChoice.ReplicaRatio();

    @Test
    void ten_percent_of_one_replica_cannot_be_had_and_the_remedy_says_how_many_it_takes() {
        Check check = PlanChecks.weights(plan(10, 1), RATIO).getFirst();

        assertThat(check.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(check.what()).contains("10 %", "1 stable and 1 canary", "50 %");
        assertThat(check.remedy()).contains("9 stable pods");
    }

    @Test
    void a_router_of_single_requests_gives_every_share() {
        RouterChoice gateway = new RouterChoice.Gateway("route", "gateway", "infra", List.of());

        assertThat(PlanChecks.weights(plan(10, 1), gateway))
                .extracting(Check::outcome)
                .containsOnly(Outcome.OK);
    }

    @Test
    void cohorts_that_the_router_cannot_carry_are_a_warning() {
        assertThat(PlanChecks.cohorts(plan(10, 1), false).what()).startsWith("Cohorts=False");
        assertThat(PlanChecks.cohorts(plan(10, 1), true).outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void a_budget_that_lets_no_pod_go_fails_and_so_do_two_budgets() {
        PodDisruptionBudget most = budget(new IntOrString("70%"), null);
        PodDisruptionBudget one = budget(null, new IntOrString(1));

        assertThat(PlanChecks.disruption(List.of(most), 1).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(PlanChecks.disruption(List.of(most), 10).outcome()).isEqualTo(Outcome.OK);
        assertThat(PlanChecks.disruption(List.of(one), 1).outcome()).isEqualTo(Outcome.OK);
        assertThat(PlanChecks.disruption(List.of(most, one), 10).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(PlanChecks.disruption(List.of(), 10).outcome()).isEqualTo(Outcome.WARNING);
    }

    @Test
    void too_little_traffic_is_told_with_the_time_that_it_takes() {
        assertThat(PlanChecks.power(plan(10, 1), 1, 0.001).getFirst().outcome()).isEqualTo(Outcome.WARNING);
        assertThat(PlanChecks.power(plan(10, 1), 100_000, 0.001).getFirst().outcome())
                .isEqualTo(Outcome.OK);
    }

    private static RolloutPlan plan(int percent, int replicas) {
        return Plans.of(List.of(new Phase(1, percent, replicas, replicas, Duration.ofHours(1), PhaseGates.FIRST_WEEK)));
    }

    private static PodDisruptionBudget budget(
            @org.jspecify.annotations.Nullable IntOrString min, @org.jspecify.annotations.Nullable IntOrString max) {
        return new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withName("colorful")
                .endMetadata()
                .withNewSpec()
                .withMinAvailable(min)
                .withMaxUnavailable(max)
                .endSpec()
                .build();
    }
}
