package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.port.Notifier;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what happens as events of the resource: {@code kubectl describe} and {@code kubectl get events} show them. */
final class KubernetesEvents implements Notifier {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEvents.class);
    private static final String COMPONENT = "vextrus-operator";
    private static final int MAX_NOTE = 1024;

    private final KubernetesClient client;
    private final InstantSource clock;
    private final PhasedRollout resource;

    KubernetesEvents(KubernetesClient client, InstantSource clock, PhasedRollout resource) {
        this.client = client;
        this.clock = clock;
        this.resource = resource;
    }

    @Override
    public void tell(Level level, String message) {
        switch (level) {
            case PAGE -> say("NeedsAttention", message, true);
            case WARNING -> say("Warning", message, true);
            case INFO -> say("Progress", message, false);
        }
    }

    /**
     * @param reason in camel case
     * @param warning whether it is told as a warning
     */
    void say(String reason, String message, boolean warning) {
        LOG.info("{}: {}: {}", resource.title(), reason, message);
        String note = message.length() > MAX_NOTE ? message.substring(0, MAX_NOTE - 1) + "…" : message;
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            client.resource(new EventBuilder()
                            .withNewMetadata()
                            .withNamespace(resource.getMetadata().getNamespace())
                            .withName(resource.getMetadata().getName() + "." + UUID.randomUUID())
                            .endMetadata()
                            .withNewInvolvedObject()
                            .withApiVersion(resource.getApiVersion())
                            .withKind(resource.getKind())
                            .withNamespace(resource.getMetadata().getNamespace())
                            .withName(resource.getMetadata().getName())
                            .withUid(resource.getMetadata().getUid())
                            .endInvolvedObject()
                            .withType(warning ? "Warning" : "Normal")
                            .withReason(reason)
                            .withMessage(note)
                            .withFirstTimestamp(now)
                            .withLastTimestamp(now)
                            .withCount(1)
                            .withNewSource()
                            .withComponent(COMPONENT)
                            .endSource()
                            .withReportingComponent(COMPONENT)
                            .build())
                    .create();
        } catch (KubernetesClientException unheard) {
            LOG.warn("{}: an event could not be written: {}", resource.title(), unheard.getMessage());
        }
    }
}
