package dev.vextrus.finance.graphql;

import java.util.List;
import java.util.Map;

/** A key and its value, for GraphQL has no maps. */
public record KeyValue(String key, String value) {

    /** In the order of the keys. */
    public static List<KeyValue> list(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(pair -> new KeyValue(pair.getKey(), pair.getValue()))
                .toList();
    }
}
