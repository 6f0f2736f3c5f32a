package dev.vextrus.cli.secrets;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the secrets that finance and its trial database need, in the cluster, where they are not there yet. */
@Command(
        name = "trial-secrets",
        description = {
            "Draw the passwords and the token secret that finance and its trial database need, as Secrets of a namespace.",
            "What is there already stays as it is. deploy/kustomize runs this as a Job."
        },
        footer = {"", "Examples:", "  vextrus trial-secrets --namespace vextrus-staging"})
public final class TrialSecretsCommand implements Callable<Integer> {
    private static final int BYTES = 32;
    private static final Map<String, List<String>> KEYS = new TreeMap<>(Map.of(
            "finance-database",
            List.of("owner-password", "appender-password", "projector-password", "reader-password"),
            "finance-jwt",
            List.of("secret"),
            "trial-postgres",
            List.of("password")));

    private final Output output;

    @Option(names = "--namespace", paramLabel = "NS", description = "Default: that of this pod, or of KUBECONFIG.")
    private @Nullable String namespace;

    public TrialSecretsCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        Map<String, Object> made = new LinkedHashMap<>();
        SecureRandom random = new SecureRandom();
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            String where = namespace == null
                    ? Optional.ofNullable(client.getNamespace()).orElse("default")
                    : namespace;
            for (var secret : KEYS.entrySet()) {
                boolean there = !create(client, where, secret(secret.getKey(), secret.getValue(), random));
                made.put(secret.getKey(), there ? "there already" : "made");
                output.say(where + "/" + secret.getKey() + (there ? " is there already" : " made"));
            }
        } catch (KubernetesClientException failed) {
            throw Failure.unavailable(
                    "SECRETS_NOT_MADE",
                    "the cluster does not take the secrets: " + failed.getMessage(),
                    "check KUBECONFIG, the namespace, and the right to create secrets in it",
                    failed);
        }
        if (output.json()) {
            output.result(made);
        }
        return ExitCode.DONE;
    }

    /** Whether it was made; false where one of that name is there. Needs no right to read. */
    private static boolean create(KubernetesClient client, String namespace, Secret secret) {
        try {
            client.secrets().inNamespace(namespace).resource(secret).create();
            return true;
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw refused;
        }
    }

    private static Secret secret(String name, List<String> keys, SecureRandom random) {
        Map<String, String> values = new TreeMap<>();
        for (String key : keys) {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            values.put(key, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("app.kubernetes.io/part-of", "vextrus")
                .endMetadata()
                .withStringData(values)
                .build();
    }
}
