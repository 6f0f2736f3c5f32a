package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.filejournal.JournalTampered;
import dev.vextrus.rollout.port.JournalFenced;
import dev.vextrus.rollout.port.StaleEpoch;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Level-triggered: whatever woke it, it looks at how things are and takes one step. Errors throw the session away and the
 * next reconciliation opens it anew from the cluster, so there is one way of starting, and it is used all the time.
 */
final class RolloutReconciler implements Reconciler<PhasedRollout>, Cleaner<PhasedRollout> {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutReconciler.class);
    private static final Duration AFTER_ERROR = Duration.ofSeconds(2);
    private static final Duration REFUSED = Duration.ofSeconds(30);
    private static final String ROLLOUT = "vextrus.dev/rollout";

    private final Surroundings around;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    RolloutReconciler(Surroundings around) {
        this.around = around;
    }

    @Override
    public List<EventSource<?, PhasedRollout>> prepareEventSources(EventSourceContext<PhasedRollout> context) {
        return List.of(new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Deployment.class, PhasedRollout.class)
                        .withLabelSelector(ROLLOUT)
                        .withSecondaryToPrimaryMapper(RolloutReconciler::owner)
                        .withNamespacesInheritedFromController()
                        .build(),
                context));
    }

    private static Set<ResourceID> owner(Deployment deployment) {
        return Set.of(new ResourceID(
                deployment.getMetadata().getLabels().getOrDefault(ROLLOUT, ""),
                deployment.getMetadata().getNamespace()));
    }

    @Override
    public UpdateControl<PhasedRollout> reconcile(PhasedRollout resource, Context<PhasedRollout> context) {
        Optional<String> taken = Rivals.of(around.client(), resource);
        if (taken.isPresent()) {
            Refusals.write(around, resource, "WorkloadTaken", taken.get());
            return after(REFUSED);
        }
        try {
            return after(session(resource).advance(resource));
        } catch (IllegalArgumentException unfit) {
            Refusals.write(around, resource, "Invalid", String.valueOf(unfit.getMessage()));
            return after(REFUSED);
        } catch (JournalTampered tampered) {
            forget(resource);
            Refusals.write(around, resource, "JournalTampered", String.valueOf(tampered.getMessage()));
            return after(REFUSED);
        } catch (RuntimeException failed) {
            forget(resource);
            say(resource, failed);
            return after(AFTER_ERROR);
        }
    }

    @Override
    public DeleteControl cleanup(PhasedRollout resource, Context<PhasedRollout> context) {
        if (Rivals.of(around.client(), resource).isPresent()) {
            forget(resource);
            return DeleteControl.defaultDelete();
        }
        try {
            Duration due = session(resource).withdraw(resource);
            if (due.isZero()) {
                forget(resource);
                return DeleteControl.defaultDelete();
            }
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(due.toMillis());
        } catch (IllegalArgumentException | JournalTampered unfit) {
            // What cannot be carried out cannot be in the middle of anything either.
            LOG.warn("{}: goes as it is: {}", resource.title(), unfit.getMessage());
            forget(resource);
            return DeleteControl.defaultDelete();
        } catch (RuntimeException failed) {
            forget(resource);
            if (namespaceGoes(failed)) {
                return DeleteControl.defaultDelete();
            }
            say(resource, failed);
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(AFTER_ERROR.toMillis());
        }
    }

    private Session session(PhasedRollout resource) {
        String uid = resource.getMetadata().getUid();
        Session known = sessions.get(uid);
        if (known != null && known.fits(resource)) {
            return known;
        }
        forget(resource);
        PhasedRollout fresh = Optional.ofNullable(around.client()
                        .resources(PhasedRollout.class)
                        .inNamespace(resource.getMetadata().getNamespace())
                        .withName(resource.getMetadata().getName())
                        .get())
                .orElse(resource);
        Session opened = Session.open(around, fresh);
        sessions.put(uid, opened);
        return opened;
    }

    private void forget(PhasedRollout resource) {
        Session session = sessions.remove(resource.getMetadata().getUid());
        if (session != null) {
            session.close();
        }
    }

    /** Everything of a namespace that is being deleted goes with it: there is nothing to bring back to stable. */
    private static boolean namespaceGoes(RuntimeException failed) {
        return failed instanceof KubernetesClientException e
                && e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                && String.valueOf(e.getMessage()).contains("being terminated");
    }

    private static void say(PhasedRollout resource, RuntimeException failed) {
        boolean expected = failed instanceof JournalFenced
                || failed instanceof StaleEpoch
                || failed instanceof KubernetesClientException;
        if (expected) {
            LOG.warn("{}: starts again from the cluster: {}", resource.title(), failed.getMessage());
        } else {
            LOG.error("{}: starts again from the cluster", resource.title(), failed);
        }
    }

    private static UpdateControl<PhasedRollout> after(Duration due) {
        return UpdateControl.<PhasedRollout>noUpdate().rescheduleAfter(Math.max(50, due.toMillis()));
    }
}
