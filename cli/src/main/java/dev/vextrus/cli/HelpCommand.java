package dev.vextrus.cli;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the help of a command, however deep it lies. */
@Command(
        name = "help",
        description = "Show what a command does, with examples.",
        footer = {"", "Examples:", "  vextrus help", "  vextrus help rollout start"})
final class HelpCommand implements Callable<Integer> {
    private final Output output;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command's words, such as: rollout start")
    private List<String> words = List.of();

    HelpCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        CommandLine at = spec.root().commandLine();
        for (String word : words) {
            CommandLine next = at.getSubcommands().get(word);
            if (next == null) {
                throw Failure.usage(
                        "COMMAND_UNKNOWN",
                        "there is no command '" + String.join(" ", words) + "'",
                        "'" + at.getCommandSpec().qualifiedName() + "' has: "
                                + String.join(", ", at.getSubcommands().keySet()));
            }
            at = next;
        }
        String text = at.getUsageMessage();
        output.answer(text.stripTrailing(), Map.of("help", text));
        return ExitCode.DONE;
    }
}
