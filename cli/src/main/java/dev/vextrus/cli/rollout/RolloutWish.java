package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.rollout.controller.FolderInbox;
import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.engine.CommandKind;
import dev.vextrus.rollout.engine.StageKind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a person asks of a running rollout; put into its inbox, where its controller finds it at the next look. */
abstract sealed class RolloutWish implements Callable<Integer> {
    private final Output output;
    private final CommandKind kind;

    @Mixin
    private PlanFile plan = new PlanFile();

    @Option(names = "--reason", defaultValue = "", description = "Why; it is recorded.")
    private String reason = "";

    private RolloutWish(Output output, CommandKind kind) {
        this.output = output;
        this.kind = kind;
    }

    static List<RolloutWish> all(Output output) {
        return List.of(new Pause(output), new Resume(output), new Promote(output), new Abort(output));
    }

    @Override
    public Integer call() {
        RolloutFolder folder = RolloutFolder.of(plan.require().name());
        StageKind stage = folder.read()
                .orElseThrow(() -> Failure.usage(
                        "NO_ROLLOUT", "this plan has no rollout yet", "begin it with 'vextrus rollout start'"))
                .state()
                .stage()
                .kind();
        if (!stage.commands().contains(kind)) {
            throw Failure.usage(
                    "NOT_NOW",
                    "the rollout is " + stage + ", where '" + word() + "' means nothing",
                    stage.commands().isEmpty() ? "it takes no commands any more" : "possible now: " + stage.commands());
        }
        Command command = new Command(
                UUID.randomUUID().toString(), kind, System.getProperty("user.name", "unknown"), reason, Instant.now());
        new FolderInbox(folder.inbox()).send(command);
        output.answer(
                word() + ": asked; 'vextrus rollout watch' shows what comes of it",
                Map.of("command", word(), "id", command.id()));
        return ExitCode.DONE;
    }

    private String word() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @picocli.CommandLine.Command(
            name = "pause",
            description = "Stop a rollout's clock; watching, and going back if it must, go on.",
            footer = {"", "Example:", "  vextrus rollout pause plan.yaml --reason 'month end'"})
    static final class Pause extends RolloutWish {
        Pause(Output output) {
            super(output, CommandKind.PAUSE);
        }
    }

    @picocli.CommandLine.Command(
            name = "resume",
            description = "Go on after a pause.",
            footer = {"", "Example:", "  vextrus rollout resume plan.yaml"})
    static final class Resume extends RolloutWish {
        Resume(Output output) {
            super(output, CommandKind.RESUME);
        }
    }

    @picocli.CommandLine.Command(
            name = "promote",
            description = "Approve a phase that waits, or end a bake early; gates are still checked.",
            footer = {"", "Example:", "  vextrus rollout promote plan.yaml --reason 'looked at it'"})
    static final class Promote extends RolloutWish {
        Promote(Output output) {
            super(output, CommandKind.PROMOTE);
        }
    }

    @picocli.CommandLine.Command(
            name = "abort",
            description = "Back to the stable release, now.",
            footer = {"", "Example:", "  vextrus rollout abort plan.yaml --reason 'customers complain'"})
    static final class Abort extends RolloutWish {
        Abort(Output output) {
            super(output, CommandKind.ABORT);
        }
    }
}
