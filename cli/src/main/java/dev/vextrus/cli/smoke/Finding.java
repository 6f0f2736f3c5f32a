package dev.vextrus.cli.smoke;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one check found.
 *
 * @param detail what was seen; why not, where it failed or could not be made
 * @param millis how long it took
 */
record Finding(String name, Result result, String detail, long millis) {

    /** How a check ends. */
    enum Result {
        PASSED,
        FAILED,
        /** It could not be made, which is not the service's fault: something it needs was not given. */
        SKIPPED
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("result", result.name().toLowerCase(Locale.ROOT));
        fields.put("detail", detail);
        fields.put("millis", millis);
        return fields;
    }
}
