package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.gate.GateStatus;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.Capacity;
import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.plan.PhaseGates;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SizingTest {

    @Test
    void with_proportional_capacity_the_replicas_are_literally_those_of_the_plan() {
        World world = new World(plan(Capacity.PROPORTIONAL));
        Controller controller = world.open();

        List<String> seen = new ArrayList<>();
        for (int phase = 0; phase < 4; phase++) {
            int baking = phase;
            world.runUntil(
                    controller,
                    s -> s.stage() instanceof Stage.Baking(int at, Duration observed)
                            && at == baking
                            && !observed.isZero());
            seen.add(sizes(world));
        }

        assertThat(seen).containsExactly("1+9", "3+7", "6+4", "10+0");
    }

    @Test
    void where_stable_has_no_instance_left_nobody_waits_for_its_answers() {
        World world = new World(plan(Capacity.PROPORTIONAL));
        Controller controller = world.open();
        world.runUntil(controller, s -> sizes(world).equals("10+0"));
        Checks.Progress compared = controller.state().checks().decisions();

        world.probe.absent = Set.of(Color.BLUE);
        world.probe.commands = 3_000;

        RolloutState state = world.runToEnd(controller);
        assertThat(state.stage().kind()).isEqualTo(StageKind.COMPLETED);
        assertThat(compared.compared()).isPositive();
        assertThat(state.checks().gate(GateName.DECISION_PARITY).outcome()).isEqualTo(GateStatus.Outcome.PASSED);
        assertThat(state.checks().gate(GateName.PROJECTION_PARITY).outcome()).isEqualTo(GateStatus.Outcome.PASSED);
    }

    @Test
    void where_stable_has_no_instance_left_the_canary_still_proves_its_own_integrity() {
        World world = new World(plan(Capacity.PROPORTIONAL));
        Controller controller = world.open();
        world.runUntil(controller, s -> sizes(world).equals("10+0"));

        world.probe.absent = Set.of(Color.BLUE);
        world.probe.broken = Map.of(Color.GREEN, "read-models-equal-fold");

        RolloutState state = world.runToEnd(controller);
        assertThat(state.stage().kind()).isEqualTo(StageKind.ROLLED_BACK);
        assertThat(Objects.requireNonNull(state.ending()).reason()).isEqualTo(ReasonCode.READ_MODEL_DIVERGED);
        assertThat(sizes(world)).isEqualTo("0+10");
    }

    @Test
    void where_the_phase_before_was_skipped_a_person_is_asked_for_the_comparison_that_is_missing() {
        World world = new World(plan(Capacity.PROPORTIONAL));
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 2);
        world.say(CommandKind.SKIP, "in a hurry");

        RolloutState state = world.runUntil(controller, StageKind.AWAITING_APPROVAL, 3);

        assertThat(((Stage.AwaitingApproval) state.stage()).why())
                .startsWith("nothing tells that the releases were compared at the end of phase 3 (60 %)");
        world.say(CommandKind.PROMOTE, "seen by hand");
        assertThat(world.runToEnd(controller).stage().kind()).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void an_earlier_phase_that_was_skipped_is_made_good_by_the_comparison_of_the_last_one_with_stable() {
        World world = new World(plan(Capacity.PROPORTIONAL));
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 1);
        world.say(CommandKind.SKIP, "in a hurry");

        assertThat(world.runToEnd(controller).stage().kind()).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void with_full_capacity_a_skipped_phase_is_made_good_at_the_end() {
        World world = new World(plan(Capacity.FULL));
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 2);
        world.say(CommandKind.SKIP, "in a hurry");

        assertThat(world.runToEnd(controller).stage().kind()).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void with_full_capacity_stable_keeps_all_its_replicas_to_the_end() {
        World world = new World(plan(Capacity.FULL));
        Controller controller = world.open();

        world.runUntil(controller, StageKind.BAKING, 3);

        assertThat(sizes(world)).isEqualTo("10+10");
    }

    @Test
    void another_size_in_a_bake_is_apportioned_to_both_colours_and_to_the_phases_that_follow() {
        World world = new World(plan(Capacity.PROPORTIONAL));
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 1);

        world.replicas = 20;
        world.runUntil(controller, s -> sizes(world).equals("6+14"));
        assertThat(controller.state().stage().kind()).isEqualTo(StageKind.BAKING);
        world.replicas = 5;
        world.runUntil(controller, s -> sizes(world).equals("2+4"));
        world.runUntil(controller, StageKind.BAKING, 2);
        world.runUntil(controller, s -> sizes(world).equals("3+2"));

        assertThat(world.runToEnd(controller).stage().kind()).isEqualTo(StageKind.COMPLETED);
        assertThat(sizes(world)).isEqualTo("5+0");
    }

    @Test
    void a_rollback_grows_stable_to_the_size_that_is_wanted_by_then() {
        World world = new World(plan(Capacity.PROPORTIONAL));
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 2);
        world.replicas = 20;
        world.runUntil(controller, s -> sizes(world).equals("12+8"));

        world.say(CommandKind.ABORT, "seen enough");
        world.runToEnd(controller);

        assertThat(sizes(world)).isEqualTo("0+20");
    }

    /** Instances of the canary and of stable. */
    private static String sizes(World world) {
        return world.target.versions(Color.GREEN).size() + "+"
                + world.target.versions(Color.BLUE).size();
    }

    private static RolloutPlan plan(Capacity capacity) {
        RolloutPlan hourly = Plans.hourly();
        return new RolloutPlan(
                hourly.name(),
                hourly.target(),
                hourly.stable(),
                hourly.canary(),
                List.of(phase(1, 10, 1, 9), phase(2, 30, 3, 7), phase(3, 60, 6, 4), phase(4, 100, 10, 0)),
                10,
                hourly.startEvery(),
                capacity,
                hourly.rollback(),
                hourly.blind(),
                hourly.cohorts(),
                hourly.looks(),
                hourly.analysis(),
                hourly.notifications());
    }

    private static Phase phase(int number, int percent, int replicas, int stableReplicas) {
        return new Phase(number, percent, replicas, stableReplicas, Duration.ofHours(1), PhaseGates.FIRST_WEEK);
    }
}
