package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.planfile.Problem;
import dev.vextrus.rollout.planfile.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether a plan is right, and what its bakes can find. */
@Command(
        name = "check",
        description = {
            "Check a plan and its two releases: what is wrong, where, and how to mend it.",
            "Says what the bakes can and cannot find by statistics at a given traffic."
        },
        footer = {
            "",
            "Examples:",
            "  vextrus rollout check plan.yaml",
            "  vextrus rollout check plan.yaml --requests-per-minute 600 --fault-rate 0.1"
        })
final class RolloutCheck implements Callable<Integer> {
    private static final double[] SOME_TRAFFIC = {60, 600, 6000};

    private final Output output;

    @Mixin
    private PlanFile plan = new PlanFile();

    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            description = "Requests a minute of both releases together (default: 60, 600 and 6000, to compare).")
    private @Nullable Double requestsPerMinute;

    @Option(
            names = "--fault-rate",
            paramLabel = "PERCENT",
            defaultValue = "0.1",
            description = "How many of stable's requests fail, in percent (default: ${DEFAULT-VALUE}).")
    private double faultPercent = 100 * PowerTable.USUAL_FAULT_RATE;

    RolloutCheck(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        if (!(faultPercent >= 0 && faultPercent <= 100) || (requestsPerMinute != null && !(requestsPerMinute > 0))) {
            throw Failure.usage(
                    "OUT_OF_RANGE",
                    "--requests-per-minute is " + requestsPerMinute + " and --fault-rate " + faultPercent,
                    "use more than 0 requests a minute, and 0 to 100 percent");
        }
        return switch (plan.read()) {
            case Reading.Valid<RolloutPlan>(RolloutPlan read) -> valid(read);
            case Reading.Invalid<RolloutPlan>(List<Problem> problems) -> PlanFile.tell(output, problems);
        };
    }

    private int valid(RolloutPlan read) {
        DoubleStream rates =
                requestsPerMinute == null ? DoubleStream.of(SOME_TRAFFIC) : DoubleStream.of(requestsPerMinute);
        List<PowerTable> power = rates.mapToObj(rate -> PowerTable.assumed(read, rate, faultPercent / 100))
                .toList();
        if (output.json()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("valid", true);
            fields.put("problems", List.of());
            fields.put("power", power.stream().map(PowerTable::fields).toList());
            output.result(fields);
            return ExitCode.DONE;
        }
        String phases = String.join(
                ", ",
                read.phases().stream()
                        .map(phase -> phase.trafficPercent() + " %")
                        .toList());
        output.say("the plan is valid: " + read.name() + " " + read.stable().version() + " -> "
                + read.canary().version() + ", " + phases);
        power.forEach(table -> table.lines().forEach(output::say));
        return ExitCode.DONE;
    }
}
