package dev.vextrus.cli;

import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.rollout.port.TargetUnavailable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever stops a command into two lines that name what is wrong and what helps, and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Output output;
    private final boolean debug;

    Failures(Output output, boolean debug) {
        this.output = output;
        this.debug = debug;
    }

    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        String remedy = "see '" + command + " --help'";
        if (problem instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                remedy = "did you mean " + String.join(" or ", near.subList(0, Math.min(3, near.size()))) + "? "
                        + remedy;
            }
        }
        return report(Failure.usage("USAGE", String.valueOf(problem.getMessage()), remedy));
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine line, ParseResult parsed) {
        if (problem instanceof Failure failure) {
            return report(failure);
        }
        if (problem instanceof InterruptedException) {
            return report(Failure.unavailable("INTERRUPTED", "interrupted", "run it again"));
        }
        if (problem instanceof TargetUnavailable) {
            return report(Failure.unavailable(
                    "TARGET_UNAVAILABLE",
                    String.valueOf(problem.getMessage()),
                    "see whether the machine is too busy or the process was ended, and run it again",
                    problem));
        }
        return report(Failure.unavailable(
                "UNEXPECTED",
                problem.getClass().getSimpleName() + ": " + problem.getMessage(),
                "run it again with --debug and report what it prints",
                problem));
    }

    private int report(Failure failure) {
        output.error(failure.getMessage(), failure.remedy());
        if (debug) {
            failure.printStackTrace(output.standardError());
            output.standardError().flush();
        }
        if (output.json()) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("code", failure.code());
            error.put("message", failure.getMessage());
            error.put("remedy", failure.remedy());
            output.result(Map.of("error", error));
        }
        return failure.exitCode();
    }
}
