package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.gate.GateStatus;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.VirtualClock;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HarmfulReleaseTest {

    @Test
    void failing_requests_take_the_traffic_away_within_seconds() {
        World world = new World(Plans.hourly());
        world.traffic.faults((color, now) -> color == Color.GREEN ? 0.2 : 0.001);

        RolloutState state = world.runToEnd(world.open());

        assertEnded(state, StageKind.ROLLED_BACK, ReasonCode.HARMFUL_ERRORS);
        Ending ending = Objects.requireNonNull(state.ending());
        Instant first = Objects.requireNonNull(state.watch().canary().first());
        assertThat(Duration.between(first, ending.decidedAt())).isLessThan(Duration.ofSeconds(15));
        assertThat(state.watch().canary().failed()).isLessThan(20);
        assertThat(ending.numbers()).containsKeys("eValue", "threshold", "canaryRate", "stableRate");
        assertThat(ending.beforeTraffic()).isFalse();
        assertBackOnStable(world);
    }

    @Test
    void slow_requests_take_the_traffic_away() {
        World world = new World(Plans.hourly());
        world.traffic.slow((color, now) -> color == Color.GREEN ? 0.5 : 0.01);

        RolloutState state = world.runToEnd(world.open());

        assertEnded(state, StageKind.ROLLED_BACK, ReasonCode.HARMFUL_LATENCY);
        assertBackOnStable(world);
    }

    @Test
    void the_evidence_stays_as_it_was_when_it_was_decided() {
        World world = new World(Plans.hourly());
        world.traffic.faults((color, now) -> color == Color.GREEN ? 0.2 : 0);
        Controller controller = world.open();
        RolloutState decided = world.runUntil(controller, s -> s.ending() != null);
        world.traffic.faults((color, now) -> color == Color.BLUE ? 0.2 : 0);

        RolloutState ended = world.runToEnd(controller);

        assertThat(ended.watch().evidence()).isEqualTo(decided.watch().evidence());
        assertThat(ended.watch().stable().failed())
                .isGreaterThan(decided.watch().stable().failed());
    }

    @Test
    void the_weight_goes_before_anything_stops() {
        World world = new World(Plans.hourly());
        world.traffic.faults((color, now) -> color == Color.GREEN ? 0.2 : 0);

        world.runToEnd(world.open());

        assertThat(world.target.effects().subList(3, world.target.effects().size()))
                .containsExactly(
                        "route 2 10% stable=blue",
                        "route 3 0% stable=blue",
                        "drain green",
                        "evidence green",
                        "stop green",
                        "route 4 0% stable=blue");
    }

    @Test
    void a_release_that_dies_at_its_start_is_a_crash_loop() {
        World world = new World(Plans.hourly());
        world.target.crash((version, now) -> version.equals("1.1.0"));

        RolloutState state = world.runToEnd(world.open());

        assertEnded(state, StageKind.ROLLED_BACK, ReasonCode.CRASH_LOOP);
        assertThat(Objects.requireNonNull(state.ending()).beforeTraffic()).isTrue();
        assertThat(Objects.requireNonNull(state.ending()).message())
                .as("not waited for until its deadline to be ready")
                .contains("ended 3 time(s)");
        assertBackOnStable(world);
    }

    @Test
    void a_release_that_dies_under_traffic_is_a_crash_loop_and_not_merely_failing() {
        World world = new World(Plans.hourly());
        Instant dies = VirtualClock.START.plusSeconds(600);
        world.target.crash((version, now) -> version.equals("1.1.0") && now.isAfter(dies));
        world.traffic.faults((color, now) -> color == Color.GREEN && now.isAfter(dies) ? 1 : 0);

        assertEnded(world.runToEnd(world.open()), StageKind.ROLLED_BACK, ReasonCode.CRASH_LOOP);
    }

    @Test
    void a_service_without_the_contract_is_not_waited_for_when_it_goes_back_before_it_was_asked() {
        World world = new World(Plans.hourly());
        world.probe.offered = false;
        Controller controller = world.open();
        world.runUntil(controller, s -> s.stage().kind() == StageKind.STAGING);
        Instant asked = world.clock.instant();

        world.say(CommandKind.ABORT, "the wrong one");
        RolloutState state = world.runToEnd(controller);

        assertThat(state.checks().gate(GateName.INTEGRITY).outcome()).isEqualTo(GateStatus.Outcome.OFF);
        assertThat(Duration.between(asked, world.clock.instant())).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void a_release_that_is_never_ready_goes_back_after_its_deadline() {
        World world = new World(Plans.hourly());
        world.probe.offered = false;
        world.target.unready((version, now) -> version.equals("1.1.0"));

        RolloutState state = world.runToEnd(world.open());

        assertEnded(state, StageKind.ROLLED_BACK, ReasonCode.NEVER_READY);
        assertThat(Objects.requireNonNull(state.ending()).numbers().get("waitedSeconds"))
                .isBetween(30.0, 40.0);
    }

    @Test
    void readiness_that_is_lost_three_times_in_a_row_goes_back() {
        World world = new World(Plans.hourly());
        Instant lost = VirtualClock.START.plusSeconds(1000);
        world.target.unready((version, now) -> version.equals("1.1.0") && now.isAfter(lost));

        assertEnded(world.runToEnd(world.open()), StageKind.ROLLED_BACK, ReasonCode.READINESS_LOST);
    }

    @Test
    void readiness_that_stable_loses_too_is_no_fault_of_the_canary_even_if_it_recovers_later() {
        World world = new World(Plans.hourly());
        Instant lost = VirtualClock.START.plusSeconds(1000);
        world.target.unready((version, now) ->
                now.isAfter(lost) && now.isBefore(lost.plusSeconds(version.equals("1.1.0") ? 140 : 120)));

        assertThat(world.runToEnd(world.open()).stage().kind()).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void an_instance_that_died_once_and_stays_away_has_died_and_not_merely_lost_its_readiness() {
        World world = new World(Plans.hourly());
        Instant dies = VirtualClock.START.plusSeconds(600);
        world.target.crash((version, now) -> version.equals("1.1.0") && now.isAfter(dies));
        world.target.restartAfter(Duration.ofMinutes(5));

        RolloutState state = world.runToEnd(world.open());

        assertEnded(state, StageKind.ROLLED_BACK, ReasonCode.CRASH_LOOP);
        assertThat(Objects.requireNonNull(state.ending()).message()).contains("ended 1 time(s)", "exit code 137");
    }

    @Test
    void events_that_stable_cannot_read_are_refused_before_traffic_with_the_point_of_no_return() {
        World world = new World(Plans.hourly());
        world.probe.canaryWrites = List.of("InvoiceApproved@2");

        RolloutState state = world.runToEnd(world.open());

        assertEnded(state, StageKind.REFUSED, ReasonCode.EVENTS_INCOMPATIBLE);
        assertThat(Objects.requireNonNull(state.ending()).message())
                .contains("InvoiceApproved@2", "1.0.0 cannot read", "point of no return");
        assertThat(world.traffic.requests(Color.GREEN)).isZero();
    }

    @Test
    void commands_decided_otherwise_are_refused_before_traffic_with_both_outcomes() {
        World world = new World(Plans.hourly());
        world.probe.differsFrom = 4;

        RolloutState state = world.runToEnd(world.open());

        assertEnded(state, StageKind.REFUSED, ReasonCode.DECISIONS_DIFFER);
        Ending ending = Objects.requireNonNull(state.ending());
        assertThat(ending.message()).contains("2 of 5", "command 4 ApproveInvoice");
        assertThat(ending.differences()).hasSize(2);
        assertThat(ending.differences().getFirst().stable()).containsExactly(event("1.91"));
        assertThat(ending.differences().getFirst().canary()).containsExactly(event("1.90"));
        assertThat(world.traffic.requests(Color.GREEN)).isZero();
    }

    @Test
    void a_forced_gate_lets_the_release_through_and_the_bake_catches_it() {
        World world = new World(Plans.hourly());
        world.probe.differsFrom = 4;
        Controller controller = world.open(GateName.DECISION_PARITY);
        world.runUntil(controller, StageKind.BAKING, 0);
        world.probe.commands = 9;

        RolloutState state = world.runToEnd(controller);

        assertEnded(state, StageKind.ROLLED_BACK, ReasonCode.DECISIONS_DIFFER);
        assertThat(Objects.requireNonNull(state.ending()).message()).contains("command 6");
    }

    @Test
    void an_unreadable_event_in_the_log_goes_back_as_incompatible() {
        World world = new World(Plans.hourly());
        world.probe.canaryWrites = List.of("InvoiceApproved@2");
        Controller controller = world.open(GateName.EVENT_COMPATIBILITY);
        world.runUntil(controller, StageKind.BAKING, 0);
        world.probe.broken = Map.of(Color.BLUE, "events-readable");

        assertEnded(world.runToEnd(controller), StageKind.ROLLED_BACK, ReasonCode.EVENTS_INCOMPATIBLE);
    }

    @Test
    void a_diverging_read_model_goes_back_with_the_facts_side_by_side() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 0);
        world.probe.broken = Map.of(Color.GREEN, "read-models-equal-fold");

        assertEnded(world.runToEnd(controller), StageKind.ROLLED_BACK, ReasonCode.READ_MODEL_DIVERGED);
    }

    @Test
    void differing_facts_before_traffic_are_refused_side_by_side() {
        World world = new World(Plans.hourly());
        world.probe.factsDiffer = true;

        RolloutState state = world.runToEnd(world.open());

        assertEnded(state, StageKind.REFUSED, ReasonCode.READ_MODEL_DIVERGED);
        assertThat(Objects.requireNonNull(state.ending())
                        .differences()
                        .getFirst()
                        .canary())
                .containsExactly("balance/1000/EUR = 12.35");
    }

    @Test
    void a_ledger_that_does_not_balance_goes_back_whoever_finds_it() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 1);
        world.probe.broken = Map.of(Color.BLUE, "hash-chain");

        assertEnded(world.runToEnd(controller), StageKind.ROLLED_BACK, ReasonCode.LEDGER_CORRUPTED);
    }

    @Test
    void a_stable_release_that_is_not_ready_refuses_the_rollout() {
        World world = new World(Plans.hourly());
        world.target.unready((version, now) -> version.equals("1.0.0"));

        assertEnded(world.runToEnd(world.open()), StageKind.REFUSED, ReasonCode.STABLE_NOT_READY);
    }

    @Test
    void without_metrics_nothing_begins() {
        World world = new World(Plans.hourly());
        world.traffic.down(true);

        assertEnded(world.runToEnd(world.open()), StageKind.REFUSED, ReasonCode.PREFLIGHT_FAILED);
    }

    private static String event(String tax) {
        return "JournalEntryPosted journal/1 {\"tax\":\"" + tax + "\"}";
    }

    private static void assertEnded(RolloutState state, StageKind kind, ReasonCode reason) {
        assertThat(state.ending()).isNotNull();
        assertThat(Objects.requireNonNull(state.ending()).reason())
                .as(state.ending().message())
                .isEqualTo(reason);
        assertThat(state.stage().kind()).isEqualTo(kind);
    }

    private static void assertBackOnStable(World world) {
        Routing routing = Objects.requireNonNull(world.target.routing());
        assertThat(routing.stable()).isEqualTo(Color.BLUE);
        assertThat(routing.weight()).isZero();
        assertThat(routing.canary()).isNull();
        assertThat(world.target.versions(Color.BLUE)).containsExactly("1.0.0");
        assertThat(world.target.versions(Color.GREEN)).isEmpty();
    }
}
