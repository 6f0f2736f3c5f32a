package dev.vextrus.cli.demo.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finance's pods as {@code deploy/kustomize} has them for everybody, on the trial database, and small enough for six of them
 * to share two cores.
 */
final class FinanceTemplate {
    private static final int READABLE_BY_GROUP = 0440;
    private static final String ADMIN_SECRET = "trial-postgres";
    private static final String ADMIN_FOLDER = "/run/secrets/trial-postgres";
    private static final String DRAINS_SECONDS = "2";

    /** On processors that are busy with other things, a pod that answers late is not yet one that cannot answer. */
    private static final int PATIENCE = 6;

    /** A JVM that lives for a minute or two pays for its second compiler and gets nothing back. */
    private static final EnvVar SHORT_LIVED = variable("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");

    private final PodTemplateSpec plain;

    private FinanceTemplate(PodTemplateSpec plain) {
        this.plain = plain;
    }

    /** @param workload the manifest of the Deployment */
    static FinanceTemplate read(Path workload) throws IOException {
        try (InputStream in = Files.newInputStream(workload)) {
            return new FinanceTemplate(
                    Serialization.unmarshal(in, Deployment.class).getSpec().getTemplate());
        }
    }

    /**
     * The pods of a release.
     *
     * @param readModel that it owns
     * @param fault of {@code demo-releases}; empty for none
     */
    PodTemplateSpec of(String image, String version, String readModel, String fault) {
        List<EnvVar> own = new ArrayList<>(List.of(
                SHORT_LIVED, variable("VEXTRUS_RELEASE_VERSION", version), variable("VEXTRUS_READ_MODEL", readModel)));
        if (!fault.isEmpty()) {
            own.add(variable("VEXTRUS_DEMO_FAULT", fault));
        }
        Container migrate = small(plain.getSpec().getInitContainers().getFirst(), image)
                .addToEnv(
                        SHORT_LIVED,
                        variable("VEXTRUS_READ_MODEL", readModel),
                        variable("VEXTRUS_DATABASE_ADMIN_USER", "postgres"),
                        variable("VEXTRUS_DATABASE_ADMIN_PASSWORD_FILE", ADMIN_FOLDER + "/password"))
                .addNewVolumeMount()
                .withName(ADMIN_SECRET)
                .withMountPath(ADMIN_FOLDER)
                .withReadOnly(true)
                .endVolumeMount()
                .build();
        Container serve = small(plain.getSpec().getContainers().getFirst(), image)
                .addAllToEnv(own)
                .editReadinessProbe()
                .withTimeoutSeconds(PATIENCE)
                .withFailureThreshold(PATIENCE)
                .endReadinessProbe()
                .editLifecycle()
                .editPreStop()
                .editHttpGet()
                .withPath("/lifecycle/pre-stop?seconds=" + DRAINS_SECONDS)
                .endHttpGet()
                .endPreStop()
                .endLifecycle()
                .build();
        return new PodTemplateSpecBuilder(plain)
                .editMetadata()
                .addToLabels(Map.of("version", version, "app.kubernetes.io/version", version))
                .endMetadata()
                .editSpec()
                .withInitContainers(migrate)
                .withContainers(serve)
                .addNewVolume()
                .withName(ADMIN_SECRET)
                .withNewSecret()
                .withSecretName(ADMIN_SECRET)
                .withDefaultMode(READABLE_BY_GROUP)
                .endSecret()
                .endVolume()
                .endSpec()
                .build();
    }

    private static ContainerBuilder small(Container container, String image) {
        return new ContainerBuilder(container)
                .withImage(image)
                .withNewResources()
                .addToRequests(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("256Mi")))
                .addToLimits(Map.of("memory", new Quantity("512Mi")))
                .endResources();
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }
}
