package dev.vextrus.rolloutkubernetes.preflight;

import dev.vextrus.rollout.preflight.Check;
import dev.vextrus.rolloutkubernetes.pods.PodReading;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.Names;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Whether a node can have the images: by a pod that lives for moments and starts nothing of the release, since its command
 * does not exist in any image.
 */
final class ImageCheck {
    private static final long WITHIN_SECONDS = 90;
    private static final Set<String> NOT_HAD =
            Set.of("ImagePullBackOff", "ErrImagePull", "ErrImageNeverPull", "InvalidImageName", "ImageInspectError");

    private ImageCheck() {}

    static Check check(KubernetesClient cluster, ClusterWorkloadSettings settings, PodSpec template) {
        Pod pod;
        try {
            pod = cluster.resource(trial(settings, template)).create();
        } catch (KubernetesClientException refused) {
            return Check.failed(
                    "image",
                    "the cluster takes no such pod: " + refused.getMessage(),
                    "mend the template: security context, quota, or limits of the namespace");
        }
        try {
            Pod seen = cluster.resource(pod).waitUntilCondition(ImageCheck::decided, WITHIN_SECONDS, TimeUnit.SECONDS);
            return verdict(seen);
        } catch (KubernetesClientTimeoutException late) {
            return Check.warning(
                    "image",
                    "no node has had the images for " + WITHIN_SECONDS + " s, and none has failed to",
                    "look at the node's events: a slow registry, or no room for a pod");
        } finally {
            cluster.resource(pod).withGracePeriod(0).delete();
        }
    }

    private static Pod trial(ClusterWorkloadSettings settings, PodSpec template) {
        List<Container> containers = new ArrayList<>();
        Stream.concat(template.getInitContainers().stream(), template.getContainers().stream())
                .forEach(container -> containers.add(new ContainerBuilder()
                        .withName(container.getName())
                        .withImage(container.getImage())
                        .withImagePullPolicy(container.getImagePullPolicy())
                        .withSecurityContext(container.getSecurityContext())
                        .withCommand("/vextrus-preflight-starts-nothing")
                        .build()));
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(settings.namespace())
                .withGenerateName(settings.name() + "-preflight-")
                .addToLabels(Names.PART, "preflight")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withServiceAccountName(template.getServiceAccountName())
                .withImagePullSecrets(template.getImagePullSecrets())
                .withNodeSelector(template.getNodeSelector())
                .withTolerations(template.getTolerations())
                .withSecurityContext(template.getSecurityContext())
                .withContainers(containers)
                .endSpec()
                .build();
    }

    private static boolean decided(@org.jspecify.annotations.Nullable Pod pod) {
        return pod != null
                && pod.getStatus() != null
                && !pod.getStatus().getContainerStatuses().isEmpty()
                && (pod.getStatus().getContainerStatuses().stream().anyMatch(ImageCheck::notHad)
                        || pod.getStatus().getContainerStatuses().stream().allMatch(ImageCheck::had));
    }

    private static boolean notHad(ContainerStatus status) {
        return status.getState() != null
                && status.getState().getWaiting() != null
                && NOT_HAD.contains(status.getState().getWaiting().getReason());
    }

    /** A container that was created, or could not be for want of the command, had its image. */
    private static boolean had(ContainerStatus status) {
        return status.getState() != null
                && (status.getState().getTerminated() != null
                        || status.getState().getRunning() != null
                        || (status.getState().getWaiting() != null
                                && Set.of("RunContainerError", "CreateContainerError")
                                        .contains(status.getState().getWaiting().getReason())));
    }

    private static Check verdict(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(ImageCheck::notHad)
                .findFirst()
                .map(status -> Check.failed(
                        "image",
                        status.getImage() + " cannot be had: " + PodReading.lastExit(pod),
                        "check the name and the tag, the pull secret, and whether nodes reach the registry"))
                .orElseGet(() -> Check.ok("image", "a node has every image"));
    }
}
