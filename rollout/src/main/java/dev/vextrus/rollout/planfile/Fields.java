package dev.vextrus.rollout.planfile;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields of a file that passed its schema: forms are right, so reading them cannot fail.
 *
 * @param path where this group of fields stands; empty for the whole file
 */
record Fields(String path, Map<String, @Nullable Object> values) {
    static Fields of(@Nullable Object root) {
        return new Fields("", asMap(root));
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    Fields group(String name) {
        return new Fields(at(name), asMap(values.get(name)));
    }

    List<Fields> groups(String name) {
        List<Fields> groups = new ArrayList<>();
        for (Object item : asList(values.get(name))) {
            groups.add(new Fields(at(name) + "[" + groups.size() + "]", asMap(item)));
        }
        return groups;
    }

    String text(String name, String otherwise) {
        Object value = values.get(name);
        return value == null ? otherwise : value.toString();
    }

    List<String> texts(String name) {
        return asList(values.get(name)).stream().map(String::valueOf).toList();
    }

    Map<String, String> textMap(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        asMap(values.get(name)).forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }

    int number(String name, int otherwise) {
        return values.get(name) instanceof BigDecimal number ? number.intValue() : otherwise;
    }

    double ratio(String name, double otherwise) {
        return values.get(name) instanceof BigDecimal number ? number.doubleValue() : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        return values.get(name) instanceof Boolean flag ? flag : otherwise;
    }

    Duration duration(String name, Duration otherwise) {
        return values.get(name) instanceof String text ? DurationText.parse(text) : otherwise;
    }

    int millis(String name, int otherwise) {
        return values.get(name) instanceof String text
                ? Math.clamp(DurationText.parse(text).toMillis(), 0, Integer.MAX_VALUE)
                : otherwise;
    }

    /** A percentage as a share from 0 to 1. */
    double percent(String name, double otherwise) {
        return values.get(name) instanceof String text
                ? new BigDecimal(text.substring(0, text.length() - 1))
                        .movePointLeft(2)
                        .doubleValue()
                : otherwise;
    }

    private static Map<String, @Nullable Object> asMap(@Nullable Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((key, item) -> map.put(String.valueOf(key), item));
        }
        return map;
    }

    private static List<?> asList(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
