package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Whole rollouts of the real service, compressed: what a stranger sees of each release of the demo. */
class DemoIT {
    @TempDir
    private Path folder;

    private FrontDoor.Ended demo(String... more) {
        List<String> words = Stream.concat(
                        Stream.of("demo", "--json", "--speed", "3", "--tenants", "40", "--rate", "60"), Stream.of(more))
                .toList();
        return FrontDoor.from(folder).run(words.toArray(String[]::new));
    }

    @Test
    void a_good_release_is_promoted_and_harms_nobody() throws Exception {
        FrontDoor.Ended ended = demo();

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        JsonNode answer = ended.json();
        assertThat(answer.path("outcome").asString()).isEqualTo("promoted");
        assertThat(answer.path("tracks").path("stable").path("failed").asLong()).isZero();
        assertThat(answer.path("tracks").path("canary").path("failed").asLong()).isZero();
        assertThat(answer.path("tracks").path("canary").path("requests").asLong())
                .isPositive();
        assertThat(answer.path("droppedConnections").asLong()).isZero();
        assertThat(answer.path("phases").size()).isEqualTo(4);
        assertIntact(answer);
        assertThat(Files.readString(Path.of(answer.path("report").asString()))).contains("1.1.0");
    }

    @Test
    void a_release_that_fails_a_tenth_of_its_mutations_goes_back_for_its_errors() {
        FrontDoor.Ended ended = demo("--release", "errors");

        JsonNode answer = rolledBack(ended);
        assertThat(answer.path("reason").asString()).isIn("HARMFUL_ERRORS", "ERROR_RATE");
        assertThat(answer.path("harmedAtMost").asLong())
                .isPositive()
                .isEqualTo(answer.path("tracks").path("canary").path("requests").asLong()
                        + answer.path("droppedConnections").asLong());
        assertThat(answer.path("secondsToDecision").asDouble()).isPositive();
        assertThat(answer.path("secondsToNoCanaryTraffic").isNumber()).isTrue();
        assertThat(answer.path("tracks").path("stable").path("failed").asLong()).isZero();
        assertIntact(answer);
        assertThat(Path.of(answer.path("report").asString()).resolveSibling("evidence"))
                .isDirectoryRecursivelyContaining("glob:**.log");
    }

    @ParameterizedTest(name = "{0} is rolled back for {1}")
    @CsvSource({
        "slow, HARMFUL_LATENCY|LATENCY",
        "crash, NEVER_READY|CRASH_LOOP",
        "crash-later, CRASH_LOOP",
        "corrupt, READ_MODEL_DIVERGED"
    })
    void each_bad_release_goes_back_for_its_own_reason(String release, String reasons) {
        JsonNode answer = badly(demo("--release", release));

        assertThat(answer.path("reason").asString()).isIn((Object[]) reasons.split("\\|", -1));
        assertIntact(answer);
    }

    @ParameterizedTest(name = "{0} is refused before any traffic for {1}")
    @CsvSource({"miscalculate, DECISIONS_DIFFER", "incompatible, EVENTS_INCOMPATIBLE"})
    void what_only_the_books_show_is_refused_before_any_traffic(String release, String reason) {
        FrontDoor.Ended refused = demo("--release", release);
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
        assertThat(refused.json().path("outcome").asString()).isEqualTo("refused");
        assertThat(refused.json().path("reason").asString()).isEqualTo(reason);
        assertThat(refused.json().path("tracks").path("canary").path("requests").asLong())
                .isZero();
        assertThat(refused.json().path("differences").isEmpty())
                .as("the differing events are told where there are any")
                .isEqualTo(!release.equals("miscalculate"));
    }

    /**
     * An unreadable event is found by whichever proof comes first: stable's own, what stable lacks at a cut of the log, or
     * stable's deciding again of the command that wrote it.
     */
    @ParameterizedTest(name = "{0} is caught during the bake for {2}")
    @CsvSource({
        "miscalculate, decision-parity, DECISIONS_DIFFER",
        "incompatible, event-compatibility, EVENTS_INCOMPATIBLE|READ_MODEL_DIVERGED|DECISIONS_DIFFER"
    })
    void what_was_let_through_by_force_is_caught_during_the_bake(String release, String gate, String reasons) {
        JsonNode answer = rolledBack(demo("--release", release, "--force-gate", gate));

        assertThat(answer.path("reason").asString()).isIn((Object[]) reasons.split("\\|", -1));
        assertThat(answer.path("tracks").path("canary").path("requests").asLong())
                .isPositive();
        assertIntact(answer);
    }

    private static JsonNode rolledBack(FrontDoor.Ended ended) {
        JsonNode answer = badly(ended);
        assertThat(answer.path("outcome").asString()).as(ended.err()).isEqualTo("rolled-back");
        return answer;
    }

    private static JsonNode badly(FrontDoor.Ended ended) {
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
        return ended.json();
    }

    private static void assertIntact(JsonNode answer) {
        JsonNode integrity = answer.path("integrity");
        assertThat(integrity.path("balanced").asBoolean())
                .as(integrity.toString())
                .isTrue();
        assertThat(integrity.path("readModels").asBoolean())
                .as(integrity.toString())
                .isTrue();
        assertThat(integrity.path("chain").asBoolean()).as(integrity.toString()).isTrue();
    }
}
