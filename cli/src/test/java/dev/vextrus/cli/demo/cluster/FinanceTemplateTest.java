package dev.vextrus.cli.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pods of the demo are those of the manifests, so what is shown is what people deploy. */
class FinanceTemplateTest {
    private static final Path MANIFEST = Path.of("../deploy/kustomize/workload/deployment.yaml");

    @Test
    void only_the_faulty_release_is_told_a_fault_and_each_owns_its_read_model() throws IOException {
        FinanceTemplate template = FinanceTemplate.read(MANIFEST);

        Map<String, String> good = serving(template.of("finance:1", "1.0.0", "v1", ""));
        Map<String, String> bad = serving(template.of("faulty:1", "1.1.0", "v2", "corrupt"));

        assertThat(good)
                .doesNotContainKey("VEXTRUS_DEMO_FAULT")
                .containsEntry("VEXTRUS_READ_MODEL", "v1")
                .containsEntry("VEXTRUS_RELEASE_VERSION", "1.0.0");
        assertThat(bad).containsEntry("VEXTRUS_DEMO_FAULT", "corrupt").containsEntry("VEXTRUS_READ_MODEL", "v2");
    }

    @Test
    void the_migrations_prepare_the_read_model_that_the_release_owns_and_alone_know_the_administrator()
            throws IOException {
        PodSpec pod = FinanceTemplate.read(MANIFEST)
                .of("finance:1", "1.1.0", "v2", "")
                .getSpec();
        Container migrate = pod.getInitContainers().getFirst();
        Container serve = pod.getContainers().getFirst();

        assertThat(environment(migrate))
                .containsEntry("VEXTRUS_READ_MODEL", "v2")
                .containsEntry("VEXTRUS_DATABASE_ADMIN_USER", "postgres");
        assertThat(environment(serve)).doesNotContainKey("VEXTRUS_DATABASE_ADMIN_USER");
        assertThat(serve.getVolumeMounts()).noneMatch(mount -> mount.getName().equals("trial-postgres"));
    }

    @Test
    void what_the_manifest_confines_stays_confined() throws IOException {
        PodSpec pod = FinanceTemplate.read(MANIFEST)
                .of("finance:1", "1.1.0", "v2", "slow")
                .getSpec();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(Stream.of(
                        pod.getInitContainers().getFirst(), pod.getContainers().getFirst()))
                .allSatisfy(container -> {
                    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                            .isTrue();
                    assertThat(container.getSecurityContext().getCapabilities().getDrop())
                            .containsExactly("ALL");
                });
        assertThat(pod.getContainers().getFirst().getReadinessProbe()).isNotNull();
    }

    private static Map<String, String> serving(PodTemplateSpec template) {
        return environment(template.getSpec().getContainers().getFirst());
    }

    private static Map<String, String> environment(Container container) {
        Map<String, String> values = new HashMap<>();
        for (EnvVar variable : container.getEnv()) {
            values.put(variable.getName(), variable.getValue());
        }
        return values;
    }
}
