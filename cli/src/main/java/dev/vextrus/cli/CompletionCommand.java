package dev.vextrus.cli;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Output;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script for a shell. */
@Command(
        name = "completion",
        description = "Print a completion script for bash, zsh or fish.",
        footer = {
            "",
            "Examples:",
            "  source <(vextrus completion bash)",
            "  vextrus completion fish > ~/.config/fish/completions/vextrus.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Output output;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

    /** Shells that have a script; lower case, as people type them. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    CompletionCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        String script = switch (shell) {
            case bash -> AutoComplete.bash("vextrus", root);
            case zsh -> "autoload -Uz bashcompinit && bashcompinit\n" + AutoComplete.bash("vextrus", root);
            case fish -> fish(root);
        };
        output.answer(script, Map.of("shell", shell.name(), "script", script));
        return ExitCode.DONE;
    }

    private static String fish(CommandLine root) {
        StringBuilder script = new StringBuilder("complete -c vextrus -f\n");
        root.getSubcommands().forEach((name, sub) -> {
            script.append("complete -c vextrus -n __fish_use_subcommand -a %s -d '%s'%n"
                    .formatted(
                            name,
                            description(sub.getCommandSpec().usageMessage().description())));
            String inside = "'__fish_seen_subcommand_from " + name + "'";
            sub.getSubcommands()
                    .forEach((verb, spec) -> script.append("complete -c vextrus -n %s -a %s -d '%s'%n"
                            .formatted(
                                    inside,
                                    verb,
                                    description(
                                            spec.getCommandSpec().usageMessage().description()))));
            for (OptionSpec option : sub.getCommandSpec().options()) {
                script.append("complete -c vextrus -n %s -l %s -d '%s'%n"
                        .formatted(
                                inside,
                                option.longestName().replaceFirst("^-+", ""),
                                description(option.description())));
            }
        });
        return script.toString();
    }

    private static String description(String[] lines) {
        return lines.length == 0 ? "" : lines[0].replace("'", "").replace("%%", "%");
    }
}
