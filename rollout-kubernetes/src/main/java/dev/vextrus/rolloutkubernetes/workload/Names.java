package dev.vextrus.rolloutkubernetes.workload;

import dev.vextrus.rollout.observation.Color;
import java.util.Map;

/** Names, labels and annotations of what belongs to a workload. */
public final class Names {
    /** Who writes, in the objects' managed fields. */
    public static final String FIELD_MANAGER = "vextrus-rollout";

    /** Label of everything: the workload's name. */
    public static final String ROLLOUT = "vextrus.dev/rollout";
    /** Label of what belongs to one colour; also what selectors use, so it never changes. */
    public static final String COLOR = "vextrus.dev/color";
    /** Label: the release's version, as far as a label can hold it. */
    public static final String VERSION = "vextrus.dev/version";
    /** Label of pods that the plain Service sends requests to. */
    public static final String SERVING = "vextrus.dev/serving";
    /** Label of objects that are neither colour: {@code proxy}, {@code evidence}. */
    public static final String PART = "vextrus.dev/part";

    /** Annotation: SHA-256 of the pod template as it was ordered. */
    public static final String RELEASE_HASH = "vextrus.dev/release-hash";
    /** Annotation: the release that was ordered, as JSON. */
    public static final String ORDERED = "vextrus.dev/ordered";
    /** Annotation: how many pods were ordered. */
    public static final String REPLICAS = "vextrus.dev/replicas";
    /** Annotation: the colour was told to drain. */
    public static final String DRAINING = "vextrus.dev/draining";
    /** Annotation: the routing that was ordered last, as JSON; its epoch fences. */
    public static final String ROUTING = "vextrus.dev/routing";

    /** Annotation of a Service that was there before: what it selected, as JSON. */
    public static final String FORMER_SELECTOR = "vextrus.dev/former-selector";
    /** Annotation of an adopted Deployment: how many pods it had. */
    public static final String ADOPTED_REPLICAS = "vextrus.dev/adopted-replicas";

    private static final int MAX_LABEL = 63;

    private Names() {}

    /** Name of a colour's Deployment and of its Service. */
    public static String of(String workload, Color color) {
        return workload + "-" + color.label();
    }

    public static String proxy(String workload) {
        return workload + "-proxy";
    }

    /** Labels by which a colour's pods are found; nothing else may carry them. */
    public static Map<String, String> selector(String workload, Color color) {
        return Map.of(ROLLOUT, workload, COLOR, color.label());
    }

    /** {@code text} as a label's value: other characters than letters, digits, {@code . _ -} become {@code -}. */
    public static String labelValue(String text) {
        String allowed = text.replaceAll("[^A-Za-z0-9._-]", "-");
        String cut = allowed.length() > MAX_LABEL ? allowed.substring(0, MAX_LABEL) : allowed;
        return cut.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    }
}
