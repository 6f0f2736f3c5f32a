package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Output;
import dev.vextrus.rollout.audit.Revisions.Revision;
import java.util.List;
import java.util.Map;

/** The releases that were stable, for people and scripts. */
final class RevisionList {
    private RevisionList() {}

    static int tell(Output output, List<Revision> revisions) {
        if (output.json()) {
            output.result(Map.of(
                    "revisions",
                    revisions.stream()
                            .map(r -> Map.of(
                                    "number",
                                    r.number(),
                                    "version",
                                    r.release().version(),
                                    "since",
                                    r.since().toString()))
                            .toList()));
        } else {
            revisions.forEach(
                    r -> output.say(r.number() + "  " + r.release().version() + "  stable since " + r.since()));
        }
        return ExitCode.DONE;
    }
}
