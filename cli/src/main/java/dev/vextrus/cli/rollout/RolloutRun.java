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
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.port.MetricsUnavailable;
import dev.vextrus.rolloutlocal.FolderInUse;
import dev.vextrus.rolloutlocal.LocalTargetConfiguration;
import dev.vextrus.rolloutlocal.LocalWorkload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A controller that runs in this command until its rollout ends, shown on the way.
 *
 * @param headless plain lines, also on a terminal
 * @param port where clients come in; 0 for the one that is kept, or a free one
 */
record RolloutRun(Output output, boolean headless, int port) {

    /**
     * @param planFile the plan as its file says now, null while it cannot be read
     * @param begin what is to be done before the first step, such as to refuse
     * @return the exit code
     */
    int run(
            RolloutPlan plan,
            Supplier<@Nullable RolloutPlan> planFile,
            List<GateName> forced,
            Consumer<RolloutSession> begin)
            throws IOException, InterruptedException {
        try {
            return runIn(RolloutFolder.of(plan.name()), plan, planFile, forced, begin);
        } catch (UncheckedIOException unwritable) {
            throw Failure.unavailable(
                    "JOURNAL_UNWRITABLE",
                    unwritable.getMessage() + ": " + unwritable.getCause(),
                    "make room or mend the folder's rights, then run the command again: it goes on where it was",
                    unwritable);
        }
    }

    private int runIn(
            RolloutFolder folder,
            RolloutPlan plan,
            Supplier<@Nullable RolloutPlan> planFile,
            List<GateName> forced,
            Consumer<RolloutSession> begin)
            throws IOException, InterruptedException {
        try (Cleanup cleanup = Cleanup.armed()) {
            LocalWorkload workload = open(folder, cleanup);
            output.progress("clients come in at http://127.0.0.1:" + workload.proxyPort());
            tellPower(workload, plan);
            RolloutSession session = RolloutSession.open(
                    folder,
                    workload,
                    plan,
                    planFile,
                    forced,
                    (level, message) -> output.progress(level + ": " + message),
                    cleanup);
            if (session.resumed()) {
                output.progress("taking up the rollout that was left");
            }
            begin.accept(session);
            RolloutState state = watch(session);
            Path report = Reports.write("rollout-" + plan.name(), session.report());
            return tell(session, state, report);
        }
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
                    "PROXY_NOT_STARTED",
                    String.valueOf(noProxy.getMessage()),
                    "try again, for a busy machine is slow to start it; or name another --port",
                    noProxy);
        }
    }

    private void tellPower(LocalWorkload workload, RolloutPlan plan) {
        try {
            PowerTable.measured(workload.metrics().totals(), plan)
                    .ifPresentOrElse(
                            table -> table.lines().forEach(output::progress),
                            () -> output.progress("too little traffic so far to say what the bakes can find;"
                                    + " 'vextrus rollout check --requests-per-minute N' tells"));
        } catch (MetricsUnavailable notYet) {
            output.progress("the traffic cannot be seen yet: " + notYet.getMessage());
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
            output.say(Words.stage(session.plan(), state) + (ending == null ? "" : ": " + Words.ending(ending)));
            output.say("report: " + report);
        }
        return state.stage().kind() == StageKind.COMPLETED ? ExitCode.DONE : ExitCode.ENDED_BADLY;
    }
}
