package dev.vextrus.cli.demo.cluster;

import dev.vextrus.cli.kubernetes.Cluster;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.secrets.TrialSecrets;
import dev.vextrus.image.Product;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What finance needs in its namespace before its first pod, from the manifests that everybody may use. */
final class FinanceDatabase {
    private static final long READY_WITHIN_SECONDS = 120;

    private FinanceDatabase() {}

    /**
     * Makes it all, and waits for the database.
     *
     * @param manifests the folder {@code deploy/kustomize}
     * @return what tokens are signed with
     * @throws Failure if the database does not come
     */
    static byte[] make(TrialGround ground, Path manifests) throws IOException {
        KubernetesClient client = ground.client();
        try {
            byte[] tokenSecret = new byte[0];
            for (Secret secret : TrialSecrets.drawn(new SecureRandom())) {
                ground.apply(secret);
                if (secret.getMetadata().getName().equals(TrialSecrets.JWT)) {
                    tokenSecret = Objects.requireNonNull(secret.getStringData().get(TrialSecrets.JWT_KEY))
                            .getBytes(StandardCharsets.UTF_8);
                }
            }
            ground.apply(new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName("finance-settings")
                    .endMetadata()
                    .withData(settings(manifests.resolve("base/finance.env")))
                    .build());
            load(client, manifests.resolve("base/serviceaccount.yaml")).forEach(ground::apply);
            load(client, manifests.resolve("components/trial-postgres/postgres.yaml"))
                    .forEach(part -> ground.apply(withImage(part, ground.image(Product.TRIAL_POSTGRES))));
            client.apps()
                    .statefulSets()
                    .inNamespace(ground.namespace())
                    .withName("trial-postgres")
                    .waitUntilReady(READY_WITHIN_SECONDS, TimeUnit.SECONDS);
            return tokenSecret;
        } catch (KubernetesClientException failed) {
            if (failed.getCode() != 0) {
                throw Cluster.failure(failed);
            }
            throw Failure.unavailable(
                    "DATABASE_NOT_STARTED",
                    "the trial database is not ready: " + failed.getMessage(),
                    "kubectl describe pods --namespace " + ground.namespace(),
                    failed);
        }
    }

    private static List<HasMetadata> load(KubernetesClient client, Path manifest) throws IOException {
        try (InputStream in = Files.newInputStream(manifest)) {
            return client.load(in).items();
        }
    }

    private static HasMetadata withImage(HasMetadata part, String image) {
        if (part instanceof StatefulSet set) {
            set.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage(image);
        }
        return part;
    }

    private static Map<String, String> settings(Path file) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                settings.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return settings;
    }
}
