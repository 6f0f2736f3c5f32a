package dev.vextrus.rolloutkubernetes.testkit;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A client that waits for the API server in memory however starved the machine is. After its usual ten seconds it would
 * repeat the request, and a test that did not mean to would see a conflict with itself.
 */
public final class PatientClient implements Consumer<KubernetesClientBuilder> {
    private static final int MILLIS = (int) TimeUnit.MINUTES.toMillis(3);

    @Override
    public void accept(KubernetesClientBuilder builder) {
        builder.editOrNewConfig()
                .withConnectionTimeout(MILLIS)
                .withRequestTimeout(MILLIS)
                .endConfig();
    }
}
