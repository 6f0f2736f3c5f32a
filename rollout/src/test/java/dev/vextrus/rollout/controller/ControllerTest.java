package dev.vextrus.rollout.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.CommandKind;
import dev.vextrus.rollout.engine.ReasonCode;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.gate.GateStatus;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.BlindRules;
import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.plan.PhaseGates;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ControllerTest {
    /** Windows of ten minutes come late by design. */
    private static final BlindRules PATIENT = new BlindRules(
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(6),
            BlindRules.GoBack.STABLE,
            Duration.ofMinutes(10),
            Duration.ofMinutes(30));

    @Test
    void a_pause_stops_the_bake_and_a_resume_goes_on() {
        World world = new World(Plans.hourly(), 5);
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 0);
        world.say(CommandKind.PAUSE, "lunch");
        world.runUntil(controller, StageKind.PAUSED, 0);
        Instant paused = world.clock.instant();

        world.runUntil(controller, s -> world.clock.instant().isAfter(paused.plus(Duration.ofHours(3))));
        assertThat(controller.state().stage().kind()).isEqualTo(StageKind.PAUSED);
        world.say(CommandKind.RESUME, "");
        RolloutState state = world.runUntil(controller, s -> s.stage().kind() == StageKind.GATING);

        assertThat(Duration.between(paused, state.since())).isGreaterThan(Duration.ofMinutes(230));
        assertThat(state.watch().freshness().owed()).isFalse();
    }

    @Test
    void an_abort_goes_back_for_the_person_who_asked() {
        World world = new World(Plans.hourly(), 5);
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 1);
        world.say(CommandKind.ABORT, "month end");

        RolloutState state = world.runToEnd(controller);

        assertThat(Objects.requireNonNull(state.ending()).reason()).isEqualTo(ReasonCode.ABORTED_BY_PERSON);
        assertThat(state.ending().message()).contains("ada", "month end");
        assertThat(world.target.versions(Color.GREEN)).isEmpty();
    }

    @Test
    void a_skip_needs_a_reason_and_leaves_out_the_bake() {
        World world = new World(Plans.hourly(), 5);
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 0);
        world.say(CommandKind.SKIP, "");
        controller.tick();
        assertThat(controller.state().stage().kind()).isEqualTo(StageKind.BAKING);

        world.say(CommandKind.SKIP, "hotfix");
        controller.tick();

        assertThat(controller.state().stage().kind()).isEqualTo(StageKind.SCALING);
        assertThat(why(world)).anyMatch(w -> w.contains("needs a reason")).anyMatch(w -> w.contains("hotfix"));
    }

    @Test
    void a_promotion_ends_the_bake_but_not_the_gates() {
        World world = new World(Plans.hourly(), 5);
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 0);
        world.say(CommandKind.PROMOTE, "");

        RolloutState state = world.runUntil(controller, s -> s.stage().kind() == StageKind.EXTENDED);

        assertThat(state.checks().gates().values()).anyMatch(g -> g.why().contains("inconclusive"));
    }

    @Test
    void a_phase_that_asks_for_approval_waits_for_it() {
        Phase asks = new Phase(
                1, 30, 1, 1, Duration.ofMinutes(20), new PhaseGates(0.005, 500, PhaseGates.Wanted.SAFE, true));
        World world = new World(Plans.of(List.of(asks, Plans.phase(2, 100, Duration.ofMinutes(20)))), 1);
        Controller controller = world.open();
        world.runUntil(controller, s -> s.stage().kind() == StageKind.AWAITING_APPROVAL);
        Instant waits = world.clock.instant();
        world.runUntil(controller, s -> world.clock.instant().isAfter(waits.plus(Duration.ofHours(1))));
        assertThat(controller.state().stage().kind()).isEqualTo(StageKind.AWAITING_APPROVAL);

        world.say(CommandKind.PROMOTE, "seen");

        assertThat(world.runToEnd(controller).stage().kind()).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void gates_that_are_not_met_extend_the_bake_and_then_ask_a_person() {
        Phase quiet = Plans.phase(1, 5, Duration.ofMinutes(10));
        RolloutPlan plan = Plans.with(
                List.of(quiet, Plans.phase(2, 100, Duration.ofMinutes(1))),
                Duration.ZERO,
                PATIENT,
                Plans.release("1.1.0"));
        World world = new World(Plans.withLooks(plan, Duration.ofMinutes(5)), 600);
        Controller controller = world.open();

        world.runUntil(controller, s -> s.stage().kind() == StageKind.EXTENDED);
        RolloutState asks = world.runUntil(controller, s -> s.stage().kind() == StageKind.AWAITING_APPROVAL);

        assertThat(asks.phases().getFirst().extended()).isTrue();
        assertThat(asks.phases().getFirst().observed()).isGreaterThanOrEqualTo(Duration.ofHours(24));
        assertThat(why(world)).anyMatch(w -> w.contains("asks a person: inconclusive"));
    }

    @Test
    void a_command_out_of_place_changes_nothing_and_says_what_is_possible() {
        World world = new World(Plans.hourly(), 5);
        Controller controller = world.open();
        world.runUntil(controller, s -> s.stage().kind() == StageKind.STAGING);
        world.say(CommandKind.PROMOTE, "");
        controller.tick();

        assertThat(why(world)).anyMatch(w -> w.contains("not possible while staging; possible: abort, pause"));
    }

    @Test
    void a_retry_after_a_rollback_begins_a_new_attempt() {
        World world = new World(Plans.hourly(), 5);
        world.probe.differsFrom = 2;
        Controller controller = world.open();
        world.runToEnd(controller);
        assertThat(world.open().ended())
                .as("the same release is not begun again unasked")
                .isTrue();

        world.probe.differsFrom = Integer.MAX_VALUE;
        world.say(CommandKind.RETRY, "fixed the tax table");
        controller.tick();
        RolloutState state = world.runToEnd(controller);

        assertThat(state.id()).endsWith(".2");
        assertThat(state.stage().kind()).isEqualTo(StageKind.COMPLETED);
    }

    @Test
    void a_new_release_supersedes_the_running_one_and_begins_with_its_first_phase() {
        World world = new World(Plans.hourly(), 5);
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 1);
        world.planFile =
                Plans.with(Plans.hourly().phases(), Duration.ZERO, BlindRules.DEFAULTS, Plans.release("1.2.0"));

        RolloutState next = world.runUntil(
                controller,
                s -> s.roles().canaryVersion().equals("1.2.0") && s.stage().kind() == StageKind.BAKING);

        assertThat(next.routing().weight()).isEqualTo(0.1);
        assertThat(world.target.versions(Color.GREEN)).containsExactly("1.2.0");
        assertThat(why(world)).anyMatch(w -> w.contains("SUPERSEDED"));
    }

    @Test
    void a_release_that_supersedes_within_a_second_does_not_inherit_requests_of_the_one_before() {
        World world = new World(Plans.hourly());
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 1);
        RolloutPlan second =
                Plans.with(Plans.hourly().phases(), Duration.ZERO, BlindRules.DEFAULTS, Plans.release("1.2.0"));
        world.planFile = second;
        for (int i = 0; i < 20 && !controller.plan().equals(second); i++) {
            controller.tick();
            world.clock.advance(Duration.ofMillis(20));
        }

        RolloutState next = world.runUntil(controller, StageKind.SCALING, 0);

        assertThat(next.checks().gate(GateName.EVENT_COMPATIBILITY).outcome()).isEqualTo(GateStatus.Outcome.PASSED);
        assertThat(next.watch().canary().tally().requests()).isZero();
        assertThat(next.trafficBegun()).isFalse();
    }

    @Test
    void an_answer_that_comes_after_a_newer_release_began_is_not_held_against_it() {
        World world = new World(Plans.hourly(), 5);
        Deque<Runnable> late = new ArrayDeque<>();
        List<Boolean> delayed = new ArrayList<>();
        world.background = question -> {
            if (delayed.isEmpty()) {
                question.run();
            } else {
                late.add(question);
            }
        };
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 0);
        delayed.add(true);
        world.runUntil(controller, _ -> !late.isEmpty());
        RolloutPlan second =
                Plans.with(Plans.hourly().phases(), Duration.ZERO, BlindRules.DEFAULTS, Plans.release("1.2.0"));
        world.planFile = second;
        world.runUntil(controller, _ -> controller.plan().equals(second));

        world.probe.broken = Map.of(Color.GREEN, "debits-equal-credits");
        late.forEach(Runnable::run);
        world.probe.broken = Map.of();
        delayed.clear();

        assertThat(world.runUntil(controller, StageKind.BAKING, 0).checks().violation())
                .isNull();
    }

    @Test
    void another_edit_waits_for_the_end_and_says_so() {
        World world = new World(Plans.hourly(), 5);
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 0);
        RolloutPlan edited = Plans.of(
                List.of(Plans.phase(1, 50, Duration.ofMinutes(1)), Plans.phase(2, 100, Duration.ofMinutes(1))));
        world.planFile = edited;
        controller.tick();

        assertThat(Objects.requireNonNull(controller.state().pendingEdit()).summary())
                .contains("phases");
        assertThat(controller.plan()).isEqualTo(Plans.hourly());
        assertThat(world.runToEnd(controller).phases()).hasSize(4);
    }

    @Test
    void a_target_that_fails_is_asked_again_and_the_failure_is_told() {
        World world = new World(Plans.hourly(), 5);
        Controller controller = world.open();
        world.runUntil(controller, StageKind.BAKING, 0);
        world.target.down(true);
        world.say(CommandKind.ABORT, "");
        controller.tick();
        controller.tick();
        world.target.down(false);

        RolloutState state = world.runToEnd(controller);

        assertThat(state.stage().kind()).isEqualTo(StageKind.ROLLED_BACK);
        assertThat(why(world)).anyMatch(w -> w.contains("routing 0 % failed"));
    }

    @Test
    void four_weeks_take_a_moment() {
        RolloutPlan plan = Plans.with(
                Plans.hourly().phases().stream()
                        .map(p -> Plans.phase(p.number(), p.trafficPercent(), Duration.ofDays(2)))
                        .toList(),
                Duration.ofDays(7),
                PATIENT,
                Plans.release("1.1.0"));
        World world = new World(Plans.withLooks(plan, Duration.ofMinutes(10)), 600);
        Instant start = world.clock.instant();
        long began = System.nanoTime();

        RolloutState state = world.runToEnd(world.open());

        System.out.printf(
                "%d days of a rollout on virtual time took %d ms%n",
                Duration.between(start, world.clock.instant()).toDays(), (System.nanoTime() - began) / 1_000_000);
        assertThat(state.stage().kind()).isEqualTo(StageKind.COMPLETED);
        assertThat(Duration.between(start, world.clock.instant())).isGreaterThan(Duration.ofDays(23));
    }

    private static List<String> why(World world) {
        return world.journal.entries().stream()
                .flatMap(e ->
                        e.what() instanceof JournalRecord.Decided d ? d.why().stream() : List.<String>of().stream())
                .toList();
    }
}
