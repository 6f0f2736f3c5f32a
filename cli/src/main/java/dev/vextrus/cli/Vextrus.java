package dev.vextrus.cli;

import dev.vextrus.cli.bench.BenchCommand;
import dev.vextrus.cli.bench.RolloutBench;
import dev.vextrus.cli.bulk.ExportCommand;
import dev.vextrus.cli.bulk.ImportCommand;
import dev.vextrus.cli.demo.DemoCommand;
import dev.vextrus.cli.events.EventsCommand;
import dev.vextrus.cli.image.ImageCommand;
import dev.vextrus.cli.kubernetes.OperatorCommand;
import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.rollout.RolloutCommand;
import dev.vextrus.cli.secrets.TrialSecretsCommand;
import dev.vextrus.cli.serve.ServeCommand;
import dev.vextrus.cli.smoke.SmokeCommand;
import dev.vextrus.cli.token.TokenCommand;
import java.net.URI;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line's root, and where the program begins. */
@Command(
        name = "vextrus",
        description = "An event-sourced finance service, and the phased rollout that brings it to production.",
        versionProvider = BuildVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done; 1 the thing asked for ended badly; 2 wrong usage; 3 unavailable.",
            "",
            "Examples:",
            "  vextrus demo                        a good release goes from 10 to 100 %%",
            "  vextrus demo --release errors       a bad one is rolled back",
            "  vextrus serve                       run the finance service",
            "  vextrus help rollout start          what a command does"
        })
@SuppressWarnings("UnusedVariable") // picocli reads the fields; main() looks for --json and --debug before it parses
public final class Vextrus implements Runnable {

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "The last line on standard output is one JSON object; progress goes to standard error.")
    private boolean json;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces and what libraries log.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    private Vextrus() {}

    public static void main(String... args) {
        boolean debug = Arrays.asList(args).contains("--debug");
        if (debug) {
            System.setProperty("vextrus.log", "INFO");
        }
        System.exit(run(Output.ofThisProcess(Arrays.asList(args).contains("--json")), debug, args));
    }

    /** @return the exit code; never that of success where part of the answer was lost on its way */
    static int run(Output output, boolean debug, String... args) {
        int code = commandLine(output, debug).execute(args);
        if (output.isLost()) {
            if (output.hasNoReader()) {
                return code == ExitCode.DONE ? ExitCode.NO_READER : code;
            }
            output.error(
                    "OUTPUT_LOST: standard output did not take all of the answer",
                    "see whether the disk that it is written to is full, or its reader has ended; then run it again");
            return code == ExitCode.DONE ? ExitCode.UNAVAILABLE : code;
        }
        return code;
    }

    /** The whole command tree, speaking through {@code output}. */
    static CommandLine commandLine(Output output, boolean debug) {
        CommandLine line = new CommandLine(new Vextrus());
        line.addSubcommand(new DemoCommand(output));
        line.addSubcommand(new ServeCommand(output));
        line.addSubcommand(new TokenCommand(output));
        line.addSubcommand(new ImportCommand(output));
        line.addSubcommand(new ExportCommand(output));
        line.addSubcommand(withVerb(new EventsCommand(), new EventsCommand.Verify(output)));
        line.addSubcommand(RolloutCommand.withVerbs(output));
        line.addSubcommand(new OperatorCommand(output));
        line.addSubcommand(withVerb(new BenchCommand(), new BenchCommand.EventStore(output))
                .addSubcommand(new BenchCommand.Verdict(output))
                .addSubcommand(new RolloutBench(output)));
        line.addSubcommand(new SmokeCommand(output));
        line.addSubcommand(new ImageCommand(output));
        line.addSubcommand(new TrialSecretsCommand(output));
        line.addSubcommand(new HelpCommand(output));
        line.addSubcommand(new CompletionCommand(output));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                output.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setOut(output.standardOutput());
        line.setErr(output.standardError());
        line.setUsageHelpWidth(100);
        line.registerConverter(URI.class, new HttpAddress());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExpandAtFiles(false);
        Failures failures = new Failures(output, debug);
        line.setParameterExceptionHandler(failures);
        line.setExecutionExceptionHandler(failures);
        return line;
    }

    private static CommandLine withVerb(Object command, Object verb) {
        return new CommandLine(command).addSubcommand(verb);
    }

    /** Where no command is named nothing is done, so this is wrong usage. */
    @Override
    public void run() {
        throw Failure.usage("COMMAND_MISSING", "no command given", "see 'vextrus --help'; try 'vextrus demo'");
    }
}
