package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.port.CommandInbox;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** All that is wished of a workload: by annotation, by approval, and by the operator on a person's behalf. */
final class Wishes implements CommandInbox {
    private final List<Command> own = new ArrayList<>();
    private final AnnotationInbox annotations;
    private final ApprovalInbox approvals;

    Wishes(KubernetesClient client, InstantSource clock, PhasedRollout resource) {
        annotations = new AnnotationInbox(client, clock, resource);
        approvals = new ApprovalInbox(client);
    }

    /**
     * Looks at a newer version of the resource from now on.
     *
     * @param release version and hash of the one that approvals may be for; empty for none
     */
    void at(PhasedRollout newer, Set<String> release) {
        annotations.at(newer);
        approvals.look(newer, release);
    }

    /** A command that the operator gives on a person's behalf. */
    void add(Command command) {
        if (own.stream().noneMatch(c -> c.id().equals(command.id()))) {
            own.add(command);
        }
    }

    @Override
    public List<Command> waiting() {
        List<Command> commands = new ArrayList<>(own);
        commands.addAll(annotations.waiting());
        commands.addAll(approvals.waiting());
        commands.sort(Comparator.comparing(Command::at));
        return commands;
    }

    @Override
    public void done(List<Command> commands) {
        own.removeAll(commands);
        annotations.done(commands);
        approvals.done(commands);
    }
}
