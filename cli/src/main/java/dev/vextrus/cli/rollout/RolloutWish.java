package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.engine.CommandKind;
import dev.vextrus.rollout.engine.StageKind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a person asks of a running rollout; put into its inbox, where its controller finds it at the next look. */
abstract sealed class RolloutWish implements Callable<Integer> {
    private final Output output;
    private final CommandKind kind;

    @Mixin
    private RolloutRef rollout = new RolloutRef();

    @Option(names = "--reason", defaultValue = "", description = "Why; it is recorded, and skip wants one.")
    private String reason = "";

    private RolloutWish(Output output, CommandKind kind) {
        this.output = output;
        this.kind = kind;
    }

    static List<RolloutWish> all(Output output) {
        return List.of(new Pause(output), new Resume(output), new Promote(output), new Skip(output), new Abort(output));
    }

    @Override
    public Integer call() {
        if (kind == CommandKind.SKIP && reason.isBlank()) {
            throw Failure.usage(
                    "REASON_MISSING",
                    "--reason is missing",
                    "say why the phase's bake and gates may be left out, such as --reason 'hotfix'");
        }
        RolloutPlace place = rollout.place();
        StageKind stage = place.past().state().stage().kind();
        if (!stage.commands().contains(kind)) {
            throw notNow(stage, kind);
        }
        Command command = command(kind, reason);
        boolean attended = place.send(command);
        String what = attended
                ? "asked; 'vextrus rollout watch' shows what comes of it"
                : "kept; no controller has the rollout now: one that is just starting obeys at once, else"
                        + " 'vextrus rollout start' takes it up";
        output.answer(
                word(kind) + ": " + what,
                Map.of("command", word(kind), "id", command.id(), "controllerRuns", attended));
        return ExitCode.DONE;
    }

    /** A wish of the person who runs this command. */
    static Command command(CommandKind kind, String reason) {
        return new Command(
                UUID.randomUUID().toString(), kind, System.getProperty("user.name", "unknown"), reason, Instant.now());
    }

    static Failure notNow(StageKind stage, CommandKind kind) {
        return Failure.usage(
                "NOT_NOW",
                "the rollout is " + stage.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", where '" + word(kind)
                        + "' means nothing",
                stage.commands().isEmpty()
                        ? "it takes no commands any more"
                        : "possible now: "
                                + stage.commands().stream()
                                        .map(RolloutWish::word)
                                        .sorted()
                                        .collect(Collectors.joining(", ")));
    }

    private static String word(CommandKind kind) {
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

    @picocli.CommandLine.Command(
            name = "skip",
            description = "On to the next phase at once: the rest of this one's bake and its gates are left out.",
            footer = {"", "Example:", "  vextrus rollout skip plan.yaml --reason 'hotfix for the outage of today'"})
    static final class Skip extends RolloutWish {
        Skip(Output output) {
            super(output, CommandKind.SKIP);
        }
    }
}
