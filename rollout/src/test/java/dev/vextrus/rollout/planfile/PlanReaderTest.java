package dev.vextrus.rollout.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rollout.plan.Speed;
import dev.vextrus.rollout.planfile.Problem.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanReaderTest {
    private static final String PLAN = """
            apiVersion: vextrus.dev/v1alpha1
            kind: PhasedRollout
            metadata:
              name: finance
            spec:
              target: local
              stable: stable.yaml
              canary: canary.yaml
              phases:
                - traffic: 10
                  bake: 48h
                - traffic: 100
                  bake: 1h30m
                  gates: {maxErrorRate: 0.2%, maxP95: 250ms, verdict: not-harmful, approval: true}
              cohorts:
                last: [bank]
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void releases() throws IOException {
        Files.writeString(folder.resolve("stable.yaml"), release("1.0.0"));
        Files.writeString(folder.resolve("canary.yaml"), release("1.1.0"));
    }

    @Test
    void a_plan_is_read_with_its_releases_and_defaults() {
        RolloutPlan plan = valid(PLAN);

        assertThat(plan.name()).isEqualTo("finance");
        assertThat(plan.canary().version()).isEqualTo("1.1.0");
        assertThat(plan.canary().run())
                .isInstanceOfSatisfying(
                        RunSpec.Program.class,
                        process -> assertThat(process.memoryLimitMebibytes()).isEqualTo(400));
        assertThat(plan.phase(0).bake()).isEqualTo(Duration.ofDays(2));
        assertThat(plan.phase(1).bake()).isEqualTo(Duration.ofMinutes(90));
        assertThat(plan.phase(1).gates().maxErrorRate()).isEqualTo(0.002);
        assertThat(plan.cohorts().last()).containsExactly("bank");
        assertThat(plan.analysis().plannedSeconds())
                .isEqualTo(Duration.ofHours(49).toSeconds() + 1800);
    }

    @Test
    void the_preset_of_four_weeks_has_its_four_phases() {
        RolloutPlan plan = valid(preset("10-30-60-100"));

        assertThat(plan.phases()).extracting(Phase::trafficPercent).containsExactly(10, 30, 60, 100);
        assertThat(plan.phases()).extracting(Phase::replicas).containsExactly(1, 3, 6, 10);
        assertThat(plan.phases()).extracting(Phase::stableReplicas).containsExactly(9, 7, 4, 0);
        assertThat(plan.startEvery()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void the_preset_of_five_pods_shows_three_of_five_as_the_sixty_percent_it_is() {
        RolloutPlan plan = valid(preset("20-50-80-100"));

        assertThat(plan.phases()).extracting(Phase::trafficPercent).containsExactly(20, 60, 80, 100);
        assertThat(plan.phases()).extracting(Phase::replicas).containsExactly(1, 3, 4, 5);
    }

    @Test
    void an_unknown_field_is_named_with_its_place_and_what_was_meant() {
        Problem problem = problem(PLAN.replace("  canary: canary.yaml", "  canry: canary.yaml"), Code.UNKNOWN_FIELD);

        assertThat(problem.line()).isEqualTo(8);
        assertThat(problem.column()).isEqualTo(3);
        assertThat(problem.field()).isEqualTo("spec.canry");
        assertThat(problem.remedy()).isEqualTo("did you mean canary?");
    }

    @Test
    void a_missing_field_is_named() {
        assertThat(problem(PLAN.replace("  canary: canary.yaml\n", ""), Code.MISSING_FIELD)
                        .field())
                .isEqualTo("spec.canary");
    }

    @Test
    void a_duration_past_every_calendar_is_refused_like_any_other_bad_one() {
        for (String bake : List.of("99999999999999d", "10000d", "9999d9999d9999d9999d9999d9999d9999d")) {
            assertThat(problem(PLAN.replace("bake: 48h", "bake: " + bake), Code.BAD_VALUE)
                            .field())
                    .as(bake)
                    .contains("bake");
        }
    }

    @Test
    void a_text_that_contains_itself_is_no_plan() {
        assertThat(problem("a: &a [*a, *a]\n", Code.SYNTAX).message()).contains("nested too deeply");
    }

    @Test
    void a_text_that_nests_without_end_is_refused_with_its_place_and_ends_nothing() {
        Problem brackets = problem("kind:\n  " + "[".repeat(1_000_000), Code.SYNTAX);
        assertThat(brackets.message()).contains("nested too deeply");
        assertThat(brackets.remedy()).contains("close brackets");
        assertThat(brackets.line()).isEqualTo(2);
        assertThat(brackets.column()).isEqualTo(52);

        assertThat(problem("- ".repeat(1_000_000), Code.SYNTAX).line()).isEqualTo(1);
        assertThat(problem("{a: ".repeat(500_000), Code.SYNTAX).line()).isEqualTo(1);
    }

    @Test
    void a_release_that_nests_without_end_is_named_by_its_own_file() throws IOException {
        Files.writeString(folder.resolve("canary.yaml"), "[".repeat(100_000));

        assertThat(problem(PLAN, Code.SYNTAX).file()).endsWith("canary.yaml");
    }

    @Test
    void a_file_in_another_encoding_is_told_so_by_line() throws IOException {
        Path file = folder.resolve("plan.yaml");
        Files.write(file, ("# first line\n# caf\u00e9\n" + PLAN).getBytes(StandardCharsets.ISO_8859_1));

        Problem latin = problemOf(PlanReader.read(file), Code.FILE_UNREADABLE);
        assertThat(latin.line()).isEqualTo(2);
        assertThat(latin.message()).contains("not UTF-8");
        assertThat(latin.remedy()).contains("save it as UTF-8").doesNotContain("permissions");

        Files.write(file, PLAN.getBytes(StandardCharsets.UTF_16));
        assertThat(problemOf(PlanReader.read(file), Code.FILE_UNREADABLE).remedy())
                .contains("UTF-16");
    }

    @Test
    void a_file_that_is_not_there_is_told_so() {
        Problem missing = problemOf(PlanReader.read(folder.resolve("nowhere.yaml")), Code.FILE_UNREADABLE);

        assertThat(missing.message()).contains("does not exist");
        assertThat(missing.remedy()).contains("path");
    }

    @Test
    void a_bad_duration_says_how_to_write_one() {
        Problem problem = problem(PLAN.replace("bake: 48h", "bake: 48 hours"), Code.BAD_VALUE);

        assertThat(problem.field()).isEqualTo("spec.phases[0].bake");
        assertThat(problem.line()).isEqualTo(11);
        assertThat(problem.remedy()).contains("48h");
    }

    @Test
    void a_number_out_of_range_says_the_range() {
        Problem problem = problem(PLAN.replace("traffic: 10\n", "traffic: 0\n"), Code.BAD_VALUE);

        assertThat(problem.field()).isEqualTo("spec.phases[0].traffic");
        assertThat(problem.remedy()).isEqualTo("use a number from 1 to 100");
    }

    @Test
    void a_wrong_type_says_what_is_wanted() {
        assertThat(problem(PLAN.replace("approval: true", "approval: maybe"), Code.WRONG_TYPE)
                        .message())
                .isEqualTo("is a text, not true or false");
    }

    @Test
    void a_wrong_word_says_what_was_meant() {
        assertThat(problem(PLAN.replace("target: local", "target: locale"), Code.BAD_VALUE)
                        .remedy())
                .isEqualTo("did you mean local?");
    }

    @Test
    void phases_must_rise_and_end_at_all_traffic() {
        assertThat(problem(PLAN.replace("traffic: 100", "traffic: 5"), Code.BAD_VALUE)
                        .field())
                .isEqualTo("spec.phases[1].traffic");
        assertThat(problem(PLAN.replace("traffic: 100", "traffic: 90"), Code.BAD_VALUE)
                        .remedy())
                .contains("100");
    }

    @Test
    void broken_yaml_is_placed() {
        Problem problem = problem(PLAN.replace("kind: PhasedRollout", "kind: [PhasedRollout"), Code.SYNTAX);

        assertThat(problem.line()).isPositive();
    }

    @Test
    void a_field_given_twice_is_found() {
        assertThat(problem(PLAN.replace("  target: local", "  target: local\n  target: local"), Code.DUPLICATE_FIELD)
                        .field())
                .isEqualTo("spec.target");
    }

    @Test
    void a_missing_release_file_is_named_at_its_field() {
        assertThat(problem(PLAN.replace("canary.yaml", "nowhere.yaml"), Code.BAD_VALUE)
                        .field())
                .isEqualTo("spec.canary");
    }

    @Test
    void two_releases_of_one_version_are_refused() throws IOException {
        Files.writeString(folder.resolve("canary.yaml"), release("1.0.0"));

        assertThat(problem(PLAN, Code.BAD_VALUE).message()).contains("as stable has");
    }

    @Test
    void a_wrong_placeholder_in_a_release_is_placed_in_that_file() throws IOException {
        Files.writeString(folder.resolve("canary.yaml"), release("1.1.0").replace("${PORT}", "${PROT}"));

        Problem problem = problem(PLAN, Code.BAD_VALUE);

        assertThat(problem.file()).endsWith("canary.yaml");
        assertThat(problem.field()).isEqualTo("spec.command[1]");
        assertThat(problem.remedy()).isEqualTo("did you mean ${PORT}?");
    }

    @Test
    void a_version_that_yaml_takes_for_a_number_is_explained() throws IOException {
        Files.writeString(folder.resolve("canary.yaml"), release("1.1.0").replace("version: 1.1.0", "version: 1.1"));

        assertThat(problem(PLAN, Code.WRONG_TYPE).remedy()).contains("in quotes");
    }

    @Test
    void speed_compresses_patience_but_not_what_machines_need() {
        RolloutPlan plan = Speed.faster(valid(PLAN), 5760);

        assertThat(plan.phase(0).bake()).isEqualTo(Duration.ofSeconds(30));
        assertThat(plan.canary().readyWithin()).isEqualTo(Duration.ofMinutes(1));
        assertThat(plan.blind().maxGap()).isEqualTo(Duration.ofSeconds(5));
        assertThat(plan.rollback().errorWindow()).isEqualTo(Duration.ofSeconds(10));
    }

    private RolloutPlan valid(String text) {
        return switch (PlanReader.read(text, folder.resolve("plan.yaml"))) {
            case Reading.Valid<RolloutPlan>(RolloutPlan plan) -> plan;
            case Reading.Invalid<RolloutPlan>(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };
    }

    private Problem problem(String text, Code code) {
        return problemOf(PlanReader.read(text, folder.resolve("plan.yaml")), code);
    }

    private static Problem problemOf(Reading<RolloutPlan> reading, Code code) {
        List<Problem> problems = reading instanceof Reading.Invalid<RolloutPlan> i ? i.problems() : List.of();
        assertThat(problems).extracting(Problem::code).contains(code);
        return problems.stream().filter(p -> p.code() == code).findFirst().orElseThrow();
    }

    private static String preset(String name) {
        return PLAN.substring(0, PLAN.indexOf("  phases:")) + "  preset: " + name + "\n";
    }

    private static String release(String version) {
        return """
                apiVersion: vextrus.dev/v1alpha1
                kind: Release
                metadata: {name: finance}
                spec:
                  version: %s
                  command: [serve, "--port=${PORT}"]
                  memoryLimit: 400MiB
                """.formatted(version);
    }
}
