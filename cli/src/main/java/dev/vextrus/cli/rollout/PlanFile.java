package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.planfile.PlanReader;
import dev.vextrus.rollout.planfile.Problem;
import dev.vextrus.rollout.planfile.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The argument PLAN of every rollout command. */
public final class PlanFile {

    @Parameters(paramLabel = "PLAN", description = "The plan's file.")
    private Path file = Path.of("");

    Path file() {
        return file.toAbsolutePath().normalize();
    }

    Reading<RolloutPlan> read() {
        return PlanReader.read(file());
    }

    /** The plan as the file says now; null while it cannot be read. */
    @Nullable
    RolloutPlan now() {
        return switch (read()) {
            case Reading.Valid<RolloutPlan>(RolloutPlan plan) -> plan;
            case Reading.Invalid<RolloutPlan> _ -> null;
        };
    }

    /** @throws Failure with the first problem, if the plan or a release is not valid */
    RolloutPlan require() {
        return switch (read()) {
            case Reading.Valid<RolloutPlan>(RolloutPlan plan) -> plan;
            case Reading.Invalid<RolloutPlan>(List<Problem> problems) -> throw invalid(problems);
        };
    }

    static Failure invalid(List<Problem> problems) {
        return Failure.usage(
                "PLAN_INVALID",
                problems.getFirst().toString(),
                problems.size() == 1
                        ? "mend it and try again"
                        : "'vextrus rollout check' lists all " + problems.size() + " problems");
    }

    /** Tells the problems; the exit code. */
    static int tell(Output output, List<Problem> problems) {
        if (output.json()) {
            output.result(Map.of("valid", false, "problems", problems));
        } else {
            problems.forEach(problem -> output.say(problem.toString()));
        }
        return ExitCode.USAGE;
    }
}
