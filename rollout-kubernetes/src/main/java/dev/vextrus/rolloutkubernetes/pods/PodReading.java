package dev.vextrus.rolloutkubernetes.pods;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pod's object says of how it does. */
public final class PodReading {
    /** Order of creation; pods of the same second by name. */
    public static final Comparator<Pod> OLDEST_FIRST = Comparator.comparing(
                    (Pod pod) -> Optional.ofNullable(pod.getMetadata().getCreationTimestamp())
                            .orElse(""))
            .thenComparing(pod -> pod.getMetadata().getName());

    /** Why a container waits when it cannot start; any other reason passes by itself. */
    private static final Set<String> CANNOT_START = Set.of(
            "ImagePullBackOff",
            "ErrImagePull",
            "ErrImageNeverPull",
            "InvalidImageName",
            "ImageInspectError",
            "RegistryUnavailable",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    /** Kubelet and API server stamp whole seconds, each its own. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(2);

    private PodReading() {}

    /** Whether the pod is there to stay: not told to end, and not taken away by the cluster. */
    public static boolean stays(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null && !takenAway(pod);
    }

    /**
     * Whether the cluster took the pod away: node pressure, preemption, drain, shutdown. A pod whose containers are
     * always started again fails as a whole for no other reason; none of it is the release's fault.
     */
    public static boolean takenAway(Pod pod) {
        return pod.getStatus() != null && ("Failed".equals(pod.getStatus().getPhase()) || is(pod, "DisruptionTarget"));
    }

    public static boolean ready(Pod pod) {
        return is(pod, "Ready");
    }

    private static boolean is(Pod pod, String type) {
        return condition(pod, type)
                .filter(condition -> "True".equals(condition.getStatus()))
                .isPresent();
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }

    /**
     * Whether the pod has been ready at some time. Its object does not say so; but readiness that has turned to false
     * since the pod's start must have been true in between.
     */
    public static boolean everReady(Pod pod) {
        Instant started = startedAt(pod);
        return condition(pod, "Ready")
                .filter(condition -> "True".equals(condition.getStatus())
                        || instant(condition.getLastTransitionTime())
                                .filter(turned -> turned.isAfter(started.plus(SAME_MOMENT)))
                                .isPresent())
                .isPresent();
    }

    /** When the kubelet took the pod on; before that, when it was created. */
    public static Instant startedAt(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .flatMap(status -> instant(status.getStartTime()))
                .or(() -> instant(pod.getMetadata().getCreationTimestamp()))
                .orElse(Instant.EPOCH);
    }

    private static Optional<Instant> instant(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException other) {
            return Optional.empty();
        }
    }

    /** How often a container of the pod has ended unasked, an end counted as soon as it is seen. */
    public static int exits(Pod pod) {
        return statuses(pod)
                .mapToInt(
                        status -> Optional.ofNullable(status.getRestartCount()).orElse(0) + (endedNow(status) ? 1 : 0))
                .sum();
    }

    private static boolean endedNow(ContainerStatus status) {
        ContainerStateTerminated ended =
                status.getState() == null ? null : status.getState().getTerminated();
        return ended != null && !"Completed".equals(ended.getReason());
    }

    /** Why a container last ended, or why the pod cannot start, for people; null where there is nothing to tell. */
    public static @Nullable String lastExit(Pod pod) {
        return statuses(pod)
                .flatMap(status -> Stream.of(cannotStart(status), ended(status)))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> unschedulable(pod))
                .orElse(null);
    }

    private static Optional<String> cannotStart(ContainerStatus status) {
        ContainerStateWaiting waiting =
                status.getState() == null ? null : status.getState().getWaiting();
        return waiting != null && waiting.getReason() != null && CANNOT_START.contains(waiting.getReason())
                ? Optional.of(status.getName() + " cannot start: " + waiting.getReason()
                        + (waiting.getMessage() == null ? "" : ": " + waiting.getMessage()))
                : Optional.empty();
    }

    private static Optional<String> ended(ContainerStatus status) {
        return Stream.of(status.getState(), status.getLastState())
                .flatMap(state -> state == null ? Stream.empty() : Stream.ofNullable(state.getTerminated()))
                .filter(end -> !"Completed".equals(end.getReason()) || restarted(status))
                .findFirst()
                .map(end -> status.getName() + " ended with code " + end.getExitCode()
                        + (end.getReason() == null ? "" : " (" + end.getReason() + ")")
                        + lived(end)
                        + (end.getMessage() == null ? "" : ": " + end.getMessage()));
    }

    private static boolean restarted(ContainerStatus status) {
        return Optional.ofNullable(status.getRestartCount()).orElse(0) > 0;
    }

    private static String lived(ContainerStateTerminated end) {
        return instant(end.getStartedAt())
                .flatMap(from -> instant(end.getFinishedAt())
                        .map(to -> " after " + Duration.between(from, to).toSeconds() + " s"))
                .orElse("");
    }

    private static Optional<String> unschedulable(Pod pod) {
        return condition(pod, "PodScheduled")
                .filter(condition -> "Unschedulable".equals(condition.getReason()))
                .map(condition -> "cannot be scheduled: " + condition.getMessage());
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return pod.getStatus() == null
                ? Stream.empty()
                : Stream.of(
                                pod.getStatus().getInitContainerStatuses(),
                                pod.getStatus().getContainerStatuses())
                        .flatMap(List::stream);
    }

    /** Number of a container's named port; empty where the container has none of that name. */
    public static OptionalInt port(Pod pod, String container, String name) {
        return pod.getSpec().getContainers().stream()
                .filter(candidate -> candidate.getName().equals(container))
                .flatMap(candidate -> candidate.getPorts().stream())
                .filter(port -> name.equals(port.getName()))
                .mapToInt(ContainerPort::getContainerPort)
                .findFirst();
    }

    /** The pod's address inside the cluster; empty before it has one. */
    public static Optional<String> address(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).flatMap(status -> Optional.ofNullable(status.getPodIP()));
    }

    public static String name(Pod pod) {
        return pod.getMetadata().getName();
    }
}
