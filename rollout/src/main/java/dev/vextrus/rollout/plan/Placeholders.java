package dev.vextrus.rollout.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The placeholders {@code ${NAME}} of a release's command and environment, filled by the target at each start. */
public final class Placeholders {
    /** Public port of the instance. */
    public static final String PORT = "PORT";
    /** Port of health, metrics and the release contract. */
    public static final String MANAGEMENT_PORT = "MANAGEMENT_PORT";
    /** {@code blue} or {@code green}. */
    public static final String COLOR = "COLOR";
    /** The release's version. */
    public static final String VERSION = "VERSION";

    /** The Java that the controller runs on, for releases that need no other. */
    public static final String JAVA_HOME = "JAVA_HOME";

    public static final List<String> KNOWN = List.of(PORT, MANAGEMENT_PORT, COLOR, VERSION, JAVA_HOME);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

    private Placeholders() {}

    /** Names in {@code text} that are not {@link #KNOWN}, in order. */
    public static List<String> unknownIn(String text) {
        List<String> unknown = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!KNOWN.contains(name)) {
                unknown.add(name);
            }
        }
        return unknown;
    }

    /** @throws IllegalArgumentException if {@code text} holds a placeholder without a value */
    public static String fill(String text, Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException(
                        "placeholder: ${" + match.group(1) + "} is unknown; use one of " + KNOWN);
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
