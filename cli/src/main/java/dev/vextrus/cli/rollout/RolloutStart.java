package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.rollout.view.Words;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.plan.Speed;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Begins a rollout, or takes it up again where a killed controller left it. */
@Command(
        name = "start",
        description = {
            "Begin the rollout of a plan, or take it up where a killed controller left it.",
            "Releases and proxy go on serving when this command ends; 'vextrus rollout stop' ends them."
        },
        footer = {
            "",
            "Examples:",
            "  vextrus rollout start plan.yaml --port 8080",
            "  vextrus rollout start examples/greeter/plan-better.yaml --speed 14400"
        })
final class RolloutStart implements Callable<Integer> {
    private final Output output;

    @Mixin
    private PlanFile plan = new PlanFile();

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "Where clients come in, on 127.0.0.1 (default: a free one, which is then kept).")
    private int port;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "For rehearsals: how many times faster bakes and looks are (default: ${DEFAULT-VALUE}).")
    private double speed = 1;

    @Option(names = "--headless", description = "Plain lines, also on a terminal.")
    private boolean headless;

    @Option(
            names = "--force-gate",
            paramLabel = "GATE",
            split = ",",
            description = "Let the release through a gate that would refuse it before its first traffic.")
    private List<String> forced = List.of();

    RolloutStart(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(speed >= 1)) {
            throw Failure.usage(
                    "SPEED_OUT_OF_RANGE", "--speed: " + speed + " is below 1", "a plan can only be compressed");
        }
        return new RolloutRun(output, headless, port)
                .run(
                        Speed.faster(plan.require(), speed),
                        this::planNow,
                        Gates.labelled(forced),
                        RolloutStart::refuseEnded);
    }

    private static void refuseEnded(RolloutSession session) {
        if (session.alreadyEnded()) {
            throw Failure.ended(
                    "ALREADY_ENDED",
                    "this release was rolled out before and it ended: " + Words.stage(session.plan(), session.state()),
                    "try it again with 'vextrus rollout retry', or name another release in the plan");
        }
    }

    private @Nullable RolloutPlan planNow() {
        RolloutPlan now = plan.now();
        return now == null ? null : Speed.faster(now, speed);
    }
}
