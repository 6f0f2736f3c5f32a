package dev.vextrus.cli.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Output;
import dev.vextrus.rollout.preflight.Check;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckTableTest {
    private static final Check GOOD = Check.ok("image", "a node has every image");
    private static final Check POOR = Check.warning("power", "too little traffic", "bake longer");
    private static final Check BAD = Check.failed("secrets", "missing in shop: secret database", "create it");

    private final StringWriter out = new StringWriter();

    @Test
    void each_check_is_a_line_and_each_that_did_not_pass_says_what_to_do() {
        int exit = table(false).tell("shop/till", List.of(GOOD, POOR, BAD));

        assertThat(exit).isEqualTo(ExitCode.ENDED_BADLY);
        assertThat(out.toString().lines())
                .containsExactly(
                        "preflight of shop/till:",
                        "  ok       image    a node has every image",
                        "  warning  power    too little traffic",
                        "                    -> bake longer",
                        "  FAILED   secrets  missing in shop: secret database",
                        "                    -> create it",
                        "1 passed, 1 warned, 1 failed: a rollout that starts now would not do what its plan says");
    }

    @Test
    void a_warning_lets_a_rollout_start() {
        assertThat(table(false).tell("shop/till", List.of(GOOD, POOR))).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("can start, and will do less than it could");
    }

    @Test
    void scripts_get_the_same_as_one_object() {
        int exit = table(true).tell("shop/till", List.of(GOOD, BAD));

        JsonNode answer = JsonMapper.shared().readTree(out.toString());
        assertThat(exit).isEqualTo(ExitCode.ENDED_BADLY);
        assertThat(answer.path("outcome").asString()).isEqualTo("failed");
        assertThat(answer.path("checks").path(0).path("remedy").isNull()).isTrue();
        assertThat(answer.path("checks").path(1).path("name").asString()).isEqualTo("secrets");
        assertThat(answer.path("checks").path(1).path("remedy").asString()).isEqualTo("create it");
    }

    private CheckTable table(boolean json) {
        PrintWriter writer = new PrintWriter(out, true);
        return new CheckTable(new Output(writer, new PrintWriter(new StringWriter()), json, false, false));
    }
}
