package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.controller.Opening;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The release that serves is stable, whatever a plan names. */
class StableNamedTest {
    private final World world = new World(Plans.hourly());

    @Test
    void a_plan_that_names_a_release_as_stable_that_does_not_run_is_refused_before_anything_moves() {
        serve(Plans.release("1.0.0"));
        List<String> before = world.target.effects();

        RolloutState ended = world.runToEnd(open(Plans.over(Plans.release("9.9.9"), Plans.hourly())));

        assertThat(ended.stage().kind()).isEqualTo(StageKind.REFUSED);
        assertThat(Objects.requireNonNull(ended.ending()).reason()).isEqualTo(ReasonCode.STABLE_DIFFERS);
        assertThat(ended.ending().message())
                .contains("1.0.0 serves", "names 9.9.9 as stable", "name the release that serves, 1.0.0");
        assertThat(world.target.effects()).isEqualTo(before);
        assertThat(world.target.versions(Color.BLUE)).containsExactly("1.0.0");
    }

    @Test
    void more_replicas_of_another_stable_release_are_not_started_either() {
        serve(Plans.release("1.0.0"));
        world.replicas = 3;

        RolloutState ended = world.runToEnd(open(Plans.over(Plans.release("9.9.9"), Plans.hourly())));

        assertThat(Objects.requireNonNull(ended.ending()).reason()).isEqualTo(ReasonCode.STABLE_DIFFERS);
        assertThat(world.target.versions(Color.BLUE)).containsExactly("1.0.0");
    }

    @Test
    void the_same_version_started_otherwise_is_another_release_and_its_secrets_are_not_said() {
        serve(Plans.release("1.0.0"));

        RolloutState ended = world.runToEnd(open(Plans.over(with(Map.of("TOKEN", "hush"), 300), Plans.hourly())));

        assertThat(Objects.requireNonNull(ended.ending()).reason()).isEqualTo(ReasonCode.STABLE_DIFFERS);
        assertThat(ended.ending().message()).contains("environment (TOKEN)").doesNotContain("hush");
    }

    @Test
    void a_plan_that_is_mended_begins_though_its_canary_was_refused_before() {
        serve(Plans.release("1.0.0"));
        world.runToEnd(open(Plans.over(Plans.release("9.9.9"), Plans.hourly())));

        Opening mended = Opening.open(world.parts(), Plans.hourly(), List.of());

        assertThat(mended).isInstanceOf(Opening.Begun.class);
        world.runUntil(mended.controller(), StageKind.PREPARING, 0);
        assertThat(world.target.versions(Color.BLUE)).containsExactly("1.0.0");
    }

    @Test
    void a_stable_release_that_is_measured_otherwise_is_the_same_and_is_not_started_again() {
        serve(Plans.release("1.0.0"));
        RolloutPlan plan = Plans.over(with(Map.of(), 900), Plans.hourly());

        world.runUntil(open(plan), StageKind.PREPARING, 0);

        assertThat(world.target.effects())
                .filteredOn(e -> e.startsWith("start blue"))
                .hasSize(1);
        assertThat(Objects.requireNonNull(world.target.observe().ordered().get(Color.BLUE))
                        .slowMillis())
                .isEqualTo(900);
    }

    @Test
    void a_stable_release_that_never_came_up_makes_way_for_the_one_that_the_plan_names_now() {
        world.target.deploy(Color.BLUE, Plans.release("0.9.0"), 1);
        world.target.unready((version, now) -> version.equals("0.9.0"));
        world.without(Duration.ofMinutes(1));

        world.runUntil(world.open(), StageKind.PREPARING, 0);

        assertThat(world.target.versions(Color.BLUE)).containsExactly("1.0.0");
    }

    private void serve(ReleaseSpec release) {
        world.target.deploy(Color.BLUE, release, 1);
        world.without(Duration.ofSeconds(10));
        assertThat(world.target.observe().ready(Color.BLUE)).isEqualTo(1);
        world.target.route(new Routing(1, Color.BLUE, null, 0, List.of(), false));
    }

    private Controller open(RolloutPlan plan) {
        return Opening.open(world.parts(), plan, List.of()).controller();
    }

    private static ReleaseSpec with(Map<String, String> environment, int slowMillis) {
        RunSpec.Program program = (RunSpec.Program) Plans.release("1.0.0").run();
        return new ReleaseSpec(
                "finance",
                "1.0.0",
                new RunSpec.Program(
                        program.command(),
                        environment,
                        program.workingDirectory(),
                        program.healthPath(),
                        program.healthPort(),
                        null,
                        null),
                slowMillis,
                Duration.ofSeconds(30));
    }
}
