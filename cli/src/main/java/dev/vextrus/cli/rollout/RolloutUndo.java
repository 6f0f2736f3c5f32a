package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.rollout.audit.Revisions;
import dev.vextrus.rollout.audit.Revisions.Revision;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.plan.Undoing;
import dev.vextrus.rolloutkubernetes.operator.Undo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings an earlier release back after a promotion. */
@Command(
        name = "undo",
        description = {
            "Bring an earlier release back, after the newer one was promoted: in one phase, with all traffic.",
            "Gates before the first traffic stand: the earlier release must read what was written since."
        },
        footer = {
            "",
            "Examples:",
            "  vextrus rollout undo plan.yaml",
            "  vextrus rollout undo plan.yaml --to-revision 1",
            "  vextrus rollout undo plan.yaml --list"
        })
final class RolloutUndo implements Callable<Integer> {
    private final Output output;

    @Mixin
    private RolloutRef rollout = new RolloutRef();

    @Option(
            names = "--to-revision",
            paramLabel = "N",
            description = "Which one; the one before the present, if not given.")
    private @Nullable Integer wanted;

    @Option(names = "--list", description = "Only list the revisions.")
    private boolean list;

    @Option(
            names = "--force-gate",
            paramLabel = "GATE",
            split = ",",
            description = "Let the release through a gate that would refuse it before its first traffic.")
    private List<String> forced = List.of();

    @Option(names = "--headless", description = "Plain lines, also on a terminal.")
    private boolean headless;

    RolloutUndo(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RolloutFolder.Past past = rollout.place().past();
        List<Revision> revisions = Revisions.of(past.entries());
        if (list) {
            return RevisionList.tell(output, revisions);
        }
        if (rollout.inCluster().isPresent()) {
            return inCluster();
        }
        if (!past.state().stage().kind().ended()) {
            throw Failure.usage(
                    "NOT_NOW",
                    "a rollout of " + past.plan().canary().version() + " runs",
                    "go back to stable with 'vextrus rollout abort'");
        }
        Revision serving = revisions.getLast();
        Revision earlier = chosen(revisions);
        output.progress(
                "revision " + earlier.number() + ", " + earlier.release().version() + ", comes back over "
                        + serving.release().version());
        RolloutPlan back = Undoing.plan(past.plan(), serving.release(), earlier.release());
        return new RolloutRun(output, headless, 0).run(back, () -> null, Gates.labelled(forced), session -> {});
    }

    /** The operator pins the revision and rolls it out; the spec stays as it is. */
    private int inCluster() {
        String revision = wanted == null ? Undo.PREVIOUS : Integer.toString(wanted);
        rollout.cluster().undo(revision);
        output.answer(
                "undo: asked; 'vextrus rollout watch' shows what comes of it",
                Map.of("command", "undo", "revision", revision));
        return ExitCode.DONE;
    }

    private Revision chosen(List<Revision> revisions) {
        String known = revisions.stream()
                .map(r -> r.number() + " (" + r.release().version() + ")")
                .collect(Collectors.joining(", "));
        int number = wanted == null ? revisions.size() - 1 : wanted;
        if (number < 1 || number > revisions.size()) {
            throw Failure.usage(
                    "REVISION_UNKNOWN",
                    wanted == null
                            ? "no release was stable before the present one"
                            : "--to-revision: there is no " + wanted,
                    "known revisions: " + known);
        }
        Revision revision = revisions.get(number - 1);
        if (revision.release().equals(revisions.getLast().release())) {
            throw Failure.usage(
                    "REVISION_SERVES",
                    "revision " + number + ", " + revision.release().version() + ", serves already",
                    "known revisions: " + known);
        }
        return revision;
    }
}
