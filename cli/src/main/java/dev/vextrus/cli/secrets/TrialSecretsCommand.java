package dev.vextrus.cli.secrets;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
    private final Output output;

    @Option(names = "--namespace", paramLabel = "NS", description = "Default: that of this pod, or of KUBECONFIG.")
    private @Nullable String namespace;

    public TrialSecretsCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        Map<String, Object> made = new LinkedHashMap<>();
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            String where = namespace == null
                    ? Optional.ofNullable(client.getNamespace()).orElse("default")
                    : namespace;
            for (Secret secret : TrialSecrets.drawn(new SecureRandom())) {
                boolean there = !create(client, where, secret);
                String name = secret.getMetadata().getName();
                made.put(name, there ? "there already" : "made");
                output.say(where + "/" + name + (there ? " is there already" : " made"));
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
}
