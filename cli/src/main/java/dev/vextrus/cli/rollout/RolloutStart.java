package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.Cleanup;
import dev.vextrus.cli.rollout.view.Watcher;
import dev.vextrus.cli.rollout.view.Words;
import dev.vextrus.rollout.engine.Ending;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.plan.Speed;
import dev.vextrus.rolloutlocal.FolderInUse;
import dev.vextrus.rolloutlocal.LocalTargetConfiguration;
import dev.vextrus.rolloutlocal.LocalWorkload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
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
        RolloutPlan read = Speed.faster(plan.require(), speed);
        RolloutFolder folder = RolloutFolder.of(read.name());
        try (Cleanup cleanup = Cleanup.armed()) {
            LocalWorkload workload = open(folder, cleanup);
            output.progress("clients come in at http://127.0.0.1:" + workload.proxyPort());
            RolloutSession session = RolloutSession.open(
                    folder,
                    workload,
                    read,
                    this::planNow,
                    Gates.labelled(forced),
                    (level, message) -> output.progress(level + ": " + message),
                    cleanup);
            if (session.resumed()) {
                output.progress("taking up the rollout that was left");
            }
            if (session.alreadyEnded()) {
                throw Failure.ended(
                        "ALREADY_ENDED",
                        "this release was rolled out before and it ended: "
                                + Words.stage(session.plan(), session.state().stage()),
                        "name another release, or begin afresh after 'vextrus rollout stop --forget'");
            }
            RolloutState state = watch(session);
            Path report = Reports.write("rollout-" + read.name(), session.report());
            return tell(session, state, report);
        }
    }

    private @Nullable RolloutPlan planNow() {
        RolloutPlan now = plan.now();
        return now == null ? null : Speed.faster(now, speed);
    }

    private LocalWorkload open(RolloutFolder folder, Cleanup cleanup) {
        try {
            return cleanup.add(LocalTargetConfiguration.open(folder.target(port)));
        } catch (FolderInUse other) {
            throw Failure.unavailable(
                    "ROLLOUT_RUNNING",
                    String.valueOf(other.getMessage()),
                    "follow it with 'vextrus rollout watch PLAN'",
                    other);
        } catch (IllegalStateException noProxy) {
            throw Failure.unavailable(
                    "PROXY_NOT_STARTED", String.valueOf(noProxy.getMessage()), "name another --port", noProxy);
        }
    }

    private RolloutState watch(RolloutSession session) throws IOException, InterruptedException {
        try (Watcher watcher = new Watcher(output, !headless)) {
            RolloutState state = session.run(watcher::show);
            watcher.show(session.scene());
            return state;
        }
    }

    private int tell(RolloutSession session, RolloutState state, Path report) {
        if (output.json()) {
            output.result(StatusFields.of(session.plan(), state, Instant.now(), report));
        } else {
            Ending ending = state.ending();
            output.say(
                    Words.stage(session.plan(), state.stage()) + (ending == null ? "" : ": " + Words.ending(ending)));
            output.say("report: " + report);
        }
        return state.stage().kind() == StageKind.COMPLETED ? ExitCode.DONE : ExitCode.ENDED_BADLY;
    }
}
