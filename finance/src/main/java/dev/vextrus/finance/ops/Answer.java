package dev.vextrus.finance.ops;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What the management address answers. */
public record Answer(int status, String contentType, String body) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public static Answer json(int status, Object body) {
        return new Answer(status, "application/json", JSON.writeValueAsString(body));
    }

    public static Answer error(int status, String code, String message) {
        return json(status, Map.of("error", Map.of("code", code, "message", message)));
    }
}
