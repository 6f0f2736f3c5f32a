package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Output;
import dev.vextrus.rollout.engine.CommandKind;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rolls a release out again that went back or was refused. Its controller has ended, so this command is the next one. */
@Command(
        name = "retry",
        description = {
            "Roll the same release out again, from its first phase, after it went back or was refused.",
            "It goes by the plan that it began with."
        },
        footer = {"", "Example:", "  vextrus rollout retry plan.yaml --reason 'the database was full'"})
final class RolloutRetry implements Callable<Integer> {
    private final Output output;

    @Mixin
    private RolloutRef rollout = new RolloutRef();

    @Option(names = "--reason", defaultValue = "", description = "Why; it is recorded.")
    private String reason = "";

    @Option(names = "--headless", description = "Plain lines, also on a terminal.")
    private boolean headless;

    RolloutRetry(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RolloutPlace place = rollout.place();
        RolloutFolder.Past past = place.past();
        if (!past.state().stage().kind().commands().contains(CommandKind.RETRY)) {
            throw RolloutWish.notNow(past.state().stage().kind(), CommandKind.RETRY);
        }
        if (rollout.inCluster().isPresent()) {
            place.send(RolloutWish.command(CommandKind.RETRY, reason));
            output.answer("retry: asked; 'vextrus rollout watch' shows what comes of it", Map.of("command", "retry"));
            return ExitCode.DONE;
        }
        RolloutPlan same = past.plan();
        return new RolloutRun(output, headless, 0)
                .run(
                        same,
                        () -> null,
                        List.of(),
                        session -> place.send(RolloutWish.command(CommandKind.RETRY, reason)));
    }
}
