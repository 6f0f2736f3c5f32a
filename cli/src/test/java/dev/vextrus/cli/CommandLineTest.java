package dev.vextrus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Output;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... args) {
        boolean json = List.of(args).contains("--json");
        Output output = new Output(new PrintWriter(out, true), new PrintWriter(err, true), json, false, false);
        return Vextrus.run(output, false, args);
    }

    private JsonNode lastLine() {
        return JsonMapper.shared()
                .readTree(out.toString().strip().lines().toList().getLast());
    }

    @Test
    void a_misspelt_command_is_wrong_usage_and_names_the_nearest() {
        assertThat(run("tokn")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("did you mean token");
    }

    @Test
    void a_misspelt_option_names_the_nearest() {
        assertThat(run("token", "--tenant", "acme", "--role", "admin", "--tttl", "1h"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("did you mean --ttl");
    }

    @Test
    void what_a_list_of_commands_says_of_each_is_a_whole_sentence() {
        Deque<CommandLine> left = new ArrayDeque<>(List.of(Vextrus.commandLine(
                new Output(new PrintWriter(out), new PrintWriter(err), false, false, false), false)));
        while (!left.isEmpty()) {
            CommandLine command = left.pop();
            left.addAll(command.getSubcommands().values());
            String[] description = command.getCommandSpec().usageMessage().description();
            assertThat(description).as(command.getCommandName()).isNotEmpty();
            assertThat(description[0]).as(command.getCommandName()).endsWith(".");
        }
    }

    @Test
    void with_json_an_error_is_one_object_with_code_message_and_remedy() {
        assertThat(run("token", "--tenant", "Not A Tenant", "--role", "admin", "--json"))
                .isEqualTo(ExitCode.USAGE);
        JsonNode error = lastLine().path("error");
        assertThat(error.path("code").asString()).isEqualTo("TENANT_MALFORMED");
        assertThat(error.path("message").asString()).contains("--tenant");
        assertThat(error.path("remedy").asString()).isNotBlank();
    }

    @Test
    void an_answer_that_a_full_disk_did_not_take_is_no_success() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        Output output = new Output(
                new PrintWriter(full, true, StandardCharsets.UTF_8), new PrintWriter(err, true), false, false, false);

        assertThat(Vextrus.run(output, false, "--help")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("OUTPUT_LOST");
    }

    @Test
    void a_reader_that_has_had_enough_ends_a_command_without_a_word() {
        OutputStream closedPipe = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Output output = Output.of(closedPipe, new PrintWriter(err, true), false, false, false);

        assertThat(Vextrus.run(output, false, "--help")).isEqualTo(ExitCode.NO_READER);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void an_address_that_nobody_could_be_asked_at_is_wrong_usage() {
        for (String address : List.of("localhost:3014", "ftp://localhost", "http:///graphql", "http://a b")) {
            assertThat(run("export", "--url", address, "--token", "x")).isEqualTo(ExitCode.USAGE);
        }
        assertThat(err.toString()).contains("--url", "'localhost:3014' is not an address such as http://");
    }

    @Test
    void no_error_shows_a_stack_trace() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(run("serve", "--data", file.resolve("x").toString())).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("--data").doesNotContain("\tat ");
    }

    @Test
    void every_command_takes_json_and_help_and_shows_an_example() {
        Deque<CommandLine> open = new ArrayDeque<>();
        Output output = new Output(new PrintWriter(out), new PrintWriter(err), false, false, false);
        open.add(Vextrus.commandLine(output, false));
        while (!open.isEmpty()) {
            CommandLine command = open.remove();
            open.addAll(command.getSubcommands().values());
            String name = command.getCommandSpec().qualifiedName();
            assertThat(command.getCommandSpec().optionsMap().keySet()).as(name).contains("--json", "--help");
            assertThat(command.getUsageMessage()).as(name).contains("Example").contains("vextrus ");
        }
    }

    @Test
    void help_reaches_every_depth_and_refuses_unknown_words() {
        assertThat(run("help", "token")).isZero();
        assertThat(out.toString()).contains("Usage: vextrus token");
        assertThat(run("help", "nothing")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void there_is_a_completion_for_each_shell() {
        for (String shell : new String[] {"bash", "zsh", "fish"}) {
            out.getBuffer().setLength(0);
            assertThat(run("completion", shell)).isZero();
            assertThat(out.toString()).as(shell).contains("token");
        }
    }
}
