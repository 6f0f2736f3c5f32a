package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.gate.GateStatus.Outcome;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of a rollout whose releases do not answer what its gates ask. */
class ContractTest {

    @Test
    void a_service_without_a_management_port_is_rolled_out_with_those_gates_off() {
        World world = new World(Plans.hourly());
        world.probe.absent = Set.of(Color.BLUE, Color.GREEN);

        RolloutState state = world.runToEnd(world.open());

        assertThat(state.stage().kind()).isEqualTo(StageKind.COMPLETED);
        assertThat(state.checks().gate(GateName.INTEGRITY).outcome()).isEqualTo(Outcome.OFF);
        assertThat(state.checks().gate(GateName.DECISION_PARITY).outcome()).isEqualTo(Outcome.OFF);
    }

    @Test
    void a_canary_that_brings_a_contract_which_stable_did_not_have_is_held_to_it() {
        World world = new World(Plans.hourly());
        world.probe.absent = Set.of(Color.BLUE);

        RolloutState state = world.runToEnd(world.open());

        assertThat(state.stage().kind()).isEqualTo(StageKind.COMPLETED);
        assertThat(state.checks().gate(GateName.INTEGRITY).outcome()).isEqualTo(Outcome.PASSED);
        assertThat(state.checks().gate(GateName.EVENT_COMPATIBILITY).outcome()).isEqualTo(Outcome.OFF);
    }

    @Test
    void a_canary_that_has_lost_the_contract_is_waited_for_paged_and_refused() {
        World world = new World(Plans.hourly());
        world.probe.absent = Set.of(Color.GREEN);
        Controller controller = world.open();
        Instant waits = world.runUntil(controller, s -> s.stage().kind() == StageKind.PREPARING)
                .since();

        RolloutState state = world.runToEnd(controller);

        assertThat(state.stage().kind()).isEqualTo(StageKind.REFUSED);
        Ending ending = Objects.requireNonNull(state.ending());
        assertThat(ending.reason()).isEqualTo(ReasonCode.CONTRACT_SILENT);
        assertThat(ending.message()).contains("event-compatibility", "nobody listens");
        assertThat(Duration.between(waits, ending.decidedAt()))
                .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
        assertThat(world.told)
                .filteredOn(t -> t.contains("waits before its first traffic"))
                .hasSize(1);
        assertThat(world.traffic.requests(Color.GREEN)).isZero();
    }

    @Test
    void requests_that_somebody_sends_to_the_canary_by_its_header_do_not_keep_its_gates_from_being_judged() {
        World world = new World(Plans.hourly());
        world.traffic.testers(() -> true);

        RolloutState state = world.runToEnd(world.open());

        assertThat(state.stage().kind()).isEqualTo(StageKind.COMPLETED);
        assertThat(state.checks().gate(GateName.EVENT_COMPATIBILITY).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void a_release_that_answers_again_in_time_goes_on() {
        World world = new World(Plans.hourly());
        world.probe.silent = Set.of(Color.BLUE);
        Controller controller = world.open();
        world.runUntil(controller, s -> s.stage().kind() == StageKind.PREPARING);
        world.runUntil(controller, s -> s.checks().contact().paged());

        world.probe.silent = Set.of();

        assertThat(world.runToEnd(controller).stage().kind()).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void a_release_that_decides_more_slowly_than_commands_come_goes_on_and_says_how_far_it_got() {
        World world = new World(Plans.hourly());
        world.probe.commands = 5_000;
        world.probe.commandsEachLook = ContinuousChecks.COMMANDS_PER_LOOK + 100;
        Controller controller = world.open();

        RolloutState begun = world.runUntil(controller, s -> s.stage().kind() == StageKind.BAKING);
        Checks.Progress decided = begun.checks().decisions();
        assertThat(decided.complete()).isFalse();
        assertThat(decided.after()).isBetween(5_000L, decided.head() - 1);
        assertThat(begun.checks().gate(GateName.DECISION_PARITY).why())
                .contains("all up to command " + decided.after());
    }

    @Test
    void what_was_recorded_during_a_bake_is_decided_before_its_gate_opens() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, StageKind.GATING, 0);
        world.probe.commands = 3_000;

        RolloutState next = world.runUntil(controller, StageKind.SCALING, 1);

        assertThat(next.checks().decisions().after()).isEqualTo(3_000);
    }

    @Test
    void a_wrong_decision_behind_the_goal_is_found_while_it_bakes() {
        World world = new World(Plans.hourly());
        world.probe.commands = 700;
        world.probe.commandsEachLook = ContinuousChecks.COMMANDS_PER_LOOK;
        world.probe.differsFrom = 4_000;
        Controller controller = world.open();

        RolloutState state = world.runToEnd(controller);

        assertEnded(state);
    }

    private static void assertEnded(RolloutState state) {
        assertThat(state.stage().kind()).isEqualTo(StageKind.ROLLED_BACK);
        assertThat(Objects.requireNonNull(state.ending()).reason()).isEqualTo(ReasonCode.DECISIONS_DIFFER);
    }
}
