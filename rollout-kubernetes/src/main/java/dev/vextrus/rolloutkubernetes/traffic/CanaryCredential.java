package dev.vextrus.rolloutkubernetes.traffic;

import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.Names;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;

/** Secrets of a router, made once and kept in a Secret {@code NAME-router} of the workload's namespace. */
public final class CanaryCredential {
    static final String CANARY = "canary-credential";
    static final String CONTROL = "control-token";

    private final KubernetesClient cluster;
    private final ClusterWorkloadSettings settings;
    private final Supplier<String> random;

    /** @param random gives 32 or more characters that nobody guesses */
    public CanaryCredential(KubernetesClient cluster, ClusterWorkloadSettings settings, Supplier<String> random) {
        this.cluster = cluster;
        this.settings = settings;
        this.random = random;
    }

    static String secretName(ClusterWorkloadSettings settings) {
        return settings.name() + "-router";
    }

    /** What a caller sends as {@code x-canary-credential} to be answered by the canary. */
    public String value() {
        return read(CANARY);
    }

    String controlToken() {
        return read(CONTROL);
    }

    private String read(String key) {
        Secret secret = secret();
        String encoded = secret.getData() == null ? null : secret.getData().get(key);
        if (encoded == null) {
            throw new IllegalStateException(
                    "secret " + secretName(settings) + " has no " + key + "; delete the secret to have it made anew");
        }
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private Secret secret() {
        Secret found = get();
        if (found != null) {
            return found;
        }
        try {
            return cluster.resource(new SecretBuilder()
                            .withNewMetadata()
                            .withNamespace(settings.namespace())
                            .withName(secretName(settings))
                            .addToLabels(Names.ROLLOUT, settings.name())
                            .endMetadata()
                            .withType("Opaque")
                            .addToData(CANARY, encoded(random.get()))
                            .addToData(CONTROL, encoded(random.get()))
                            .build())
                    .create();
        } catch (KubernetesClientException refused) {
            Secret other = get(); // another controller was first
            if (other != null) {
                return other;
            }
            throw refused;
        }
    }

    private Secret get() {
        return cluster.secrets()
                .inNamespace(settings.namespace())
                .withName(secretName(settings))
                .get();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
