package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rollout.planfile.DurationText;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a release of a pod template. */
final class ReleaseOfTemplate {
    private static final int SLOW_MILLIS = 300;
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final int SHORT_HASH = 8;

    private ReleaseOfTemplate() {}

    /**
     * @param name of the workload
     * @param template a {@code PodTemplateSpec} as it was written
     */
    static ReleaseSpec of(String name, PhasedRolloutSpec spec, Map<String, Object> template) {
        RunSpec.PodTemplate run = new RunSpec.PodTemplate(
                RolloutJson.mapper().writeValueAsString(template),
                spec.container() == null ? firstContainer(template) : spec.container(),
                spec.servingPort() == null ? PhasedRolloutSpec.SERVING_PORT : spec.servingPort(),
                spec.managementPort());
        return new ReleaseSpec(
                name,
                version(template, run.container(), run.hash()),
                run,
                spec.slowerThan() == null
                        ? SLOW_MILLIS
                        : Math.clamp(DurationText.parse(spec.slowerThan()).toMillis(), 1, Integer.MAX_VALUE),
                spec.readyWithin() == null ? READY_WITHIN : DurationText.parse(spec.readyWithin()));
    }

    /** What runs, whatever it calls itself. */
    static String hash(ReleaseSpec release) {
        return switch (release.run()) {
            case RunSpec.PodTemplate template -> template.hash();
            case RunSpec.Program _ -> throw new IllegalStateException(release.name() + " is no pod");
        };
    }

    /** {@code release} under a version that cannot be taken for another's. */
    static ReleaseSpec toldApart(ReleaseSpec release) {
        return new ReleaseSpec(
                release.name(),
                release.version() + "-" + hash(release).substring(0, SHORT_HASH),
                release.run(),
                release.slowMillis(),
                release.readyWithin());
    }

    /** The standard label, else the image's tag, else the hash. */
    private static String version(Map<String, Object> template, String container, String hash) {
        Object label = at(template, "metadata", "labels", "app.kubernetes.io/version");
        if (label != null && !label.toString().isBlank()) {
            return label.toString();
        }
        String image = containers(template).stream()
                .filter(c -> container.equals(c.get("name")))
                .map(c -> Objects.toString(c.get("image"), ""))
                .findFirst()
                .orElse("");
        int tag = image.lastIndexOf(':');
        boolean tagged = tag > image.lastIndexOf('/') && !image.contains("@") && !image.endsWith(":latest");
        return tagged ? image.substring(tag + 1) : hash.substring(0, SHORT_HASH);
    }

    private static String firstContainer(Map<String, Object> template) {
        return containers(template).stream()
                .map(c -> Objects.toString(c.get("name"), ""))
                .findFirst()
                .orElse("");
    }

    private static List<Map<?, ?>> containers(Map<String, Object> template) {
        return at(template, "spec", "containers") instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .<Map<?, ?>>map(c -> (Map<?, ?>) c)
                        .toList()
                : List.of();
    }

    private static @Nullable Object at(Map<String, Object> from, String... path) {
        Object part = from;
        for (String name : path) {
            part = part instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return part;
    }
}
