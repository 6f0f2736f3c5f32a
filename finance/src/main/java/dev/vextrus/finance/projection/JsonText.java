package dev.vextrus.finance.projection;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Small maps of text as JSON columns; keys are sorted, so that equal maps are equal text. */
public final class JsonText {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private JsonText() {}

    public static String of(Map<String, String> texts) {
        return texts.isEmpty() ? "{}" : JSON.writeValueAsString(new TreeMap<>(texts));
    }

    public static Map<String, String> parse(String json) {
        return json.equals("{}") ? Map.of() : Map.copyOf(JSON.readValue(json, TEXTS));
    }
}
