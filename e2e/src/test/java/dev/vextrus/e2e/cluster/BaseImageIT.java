package dev.vextrus.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vextrus image --base}: an image upon one that brings the C library, here another of our own. */
@BesideOthers
class BaseImageIT {
    @TempDir
    private Path folder;

    @Test
    void an_image_upon_a_base_runs_with_the_libraries_of_the_base() throws Exception {
        String image = ProductImages.loadedUpon("proxy", "operator");
        try (TestCluster cluster = TestCluster.named("pods-base")) {
            String namespace = cluster.namespace();
            Path pod = Files.writeString(folder.resolve("pod.yaml"), """
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: based}
                    spec:
                      restartPolicy: Never
                      automountServiceAccountToken: false
                      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                      containers:
                        - name: vextrus
                          image: %s
                          imagePullPolicy: Never
                          args: [--help]
                          securityContext:
                            allowPrivilegeEscalation: false
                            readOnlyRootFilesystem: true
                            capabilities: {drop: [ALL]}
                    """.formatted(image));

            Kubectl.ask("apply", "-n", namespace, "-f", pod.toString());
            Kubectl.ask(
                    "wait", "pod/based", "-n", namespace, "--for=jsonpath={.status.phase}=Succeeded", "--timeout=240s");

            assertThat(Kubectl.ask("logs", "based", "-n", namespace)).contains("Usage: vextrus");
        }
    }
}
