package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The rollout's verbs. */
@Command(
        name = "rollout",
        description = "Roll a release of any local HTTP service out in phases, or back.",
        footer = {
            "",
            "Examples:",
            "  vextrus rollout check plan.yaml",
            "  vextrus rollout start plan.yaml --port 8080",
            "  vextrus rollout watch plan.yaml",
            "  vextrus rollout abort plan.yaml --reason 'customers complain'"
        })
public final class RolloutCommand implements Runnable {

    /** With its verbs. */
    public static CommandLine withVerbs(Output output) {
        CommandLine rollout = new CommandLine(new RolloutCommand());
        rollout.addSubcommand(new RolloutCheck(output));
        rollout.addSubcommand(new RolloutPreflight(output));
        rollout.addSubcommand(new RolloutStart(output));
        rollout.addSubcommand(new RolloutVerbs.Status(output));
        rollout.addSubcommand(new RolloutVerbs.Watch(output));
        for (RolloutWish wish : RolloutWish.all(output)) {
            rollout.addSubcommand(wish);
        }
        rollout.addSubcommand(new RolloutRetry(output));
        rollout.addSubcommand(new RolloutUndo(output));
        rollout.addSubcommand(new RolloutAdopt(output));
        rollout.addSubcommand(new RolloutVerbs.History(output));
        rollout.addSubcommand(new RolloutVerbs.Report(output));
        rollout.addSubcommand(new RolloutVerbs.Stop(output));
        return rollout;
    }

    @Override
    public void run() {
        throw Failure.usage("COMMAND_MISSING", "rollout: no verb given", "see 'vextrus rollout --help'");
    }
}
