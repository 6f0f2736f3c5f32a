package dev.vextrus.cli.rollout;

import dev.vextrus.cli.kubernetes.Cluster;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rolloutkubernetes.journal.ConfigMapJournal;
import dev.vextrus.rolloutkubernetes.journal.LastRollout;
import dev.vextrus.rolloutkubernetes.operator.AnnotationInbox;
import dev.vextrus.rolloutkubernetes.operator.Undo;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code PhasedRollout}: its journal is read, and commands become annotations, as anybody with kubectl could do, or approvals
 * where the namespace asks for these.
 */
public record ClusterRollout(KubernetesClient client, String namespace, String name) implements RolloutPlace {

    @Override
    public RolloutFolder.Past past() {
        return latest().orElseThrow(() -> Failure.usage(
                "NO_ROLLOUT",
                namespace + "/" + name + " has had no rollout yet",
                "give it another template: 'kubectl apply -f' begins one"));
    }

    /** The rollout that runs, or ran last; empty where there was none. */
    public Optional<RolloutFolder.Past> latest() {
        List<JournalEntry> entries = entries();
        Optional<LastRollout> last = LastRollout.of(entries, ConfigMapJournal.readCheckpoint(client, namespace, name));
        return last.map(l -> new RolloutFolder.Past(l.plan(), l.state(), RolloutFolder.notes(entries), entries));
    }

    private List<JournalEntry> entries() {
        resource();
        try {
            return ConfigMapJournal.read(client, namespace, name);
        } catch (KubernetesClientException e) {
            throw Cluster.failure(e);
        }
    }

    /** @throws Failure if there is none */
    PhasedRollout resource() {
        try {
            PhasedRollout found = client.resources(PhasedRollout.class)
                    .inNamespace(namespace)
                    .withName(name)
                    .get();
            if (found == null) {
                throw Failure.usage(
                        "NO_SUCH_ROLLOUT",
                        "there is no PhasedRollout '" + name + "' in namespace '" + namespace + "'",
                        "see 'kubectl get phasedrollouts --all-namespaces'");
            }
            return found;
        } catch (KubernetesClientException e) {
            throw Cluster.failure(e);
        }
    }

    @Override
    public boolean send(Command command) {
        try {
            annotate(AnnotationInbox.annotation(command.kind()), AnnotationInbox.text(command));
        } catch (KubernetesClientException e) {
            boolean mayApprove = AnnotationInbox.BY_APPROVAL.contains(command.kind())
                    && e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
            if (!mayApprove) {
                throw failure(e);
            }
            approve(command, e);
        }
        return true;
    }

    /** Where annotations are refused: by the policy of approvals, or because this user may not change the resource. */
    private void approve(Command command, KubernetesClientException refused) {
        try {
            new Approving(client, namespace, name)
                    .approve(command, past().plan().canary());
        } catch (KubernetesClientException e) {
            boolean noApprovals = e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
            throw failure(noApprovals ? refused : e);
        }
    }

    /** @param revision number, or {@link Undo#PREVIOUS} */
    void undo(String revision) {
        try {
            annotate(Undo.ANNOTATION, revision);
        } catch (KubernetesClientException e) {
            throw failure(e);
        }
    }

    private void annotate(String annotation, String text) {
        client.resources(PhasedRollout.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        RolloutJson.mapper()
                                .writeValueAsString(
                                        Map.of("metadata", Map.of("annotations", Map.of(annotation, text)))));
    }

    private Failure failure(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                ? Failure.usage("NO_SUCH_ROLLOUT", "there is no PhasedRollout '" + name + "'", "check its name")
                : Cluster.failure(e);
    }
}
