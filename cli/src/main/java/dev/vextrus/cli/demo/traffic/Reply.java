package dev.vextrus.cli.demo.traffic;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * An answer as its caller sees it.
 *
 * @param release the version that answered, from {@code X-Release}; {@code unknown} where nobody said
 * @param outcome {@code ok}, {@code refused}, {@code client} or {@code fault}: docs/contracts/release-contract.md
 * @param data the GraphQL answer's {@code data}
 */
public record Reply(int status, String release, String outcome, JsonNode data, JsonNode errors) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Reply of(HttpConnection.Answer answer) {
        int status = answer.status();
        String usual = status >= 500 ? "fault" : status >= 400 ? "client" : "ok";
        JsonNode body;
        try {
            body = JSON.readTree(answer.body());
        } catch (JacksonException e) {
            body = MissingNode.getInstance();
        }
        return new Reply(
                status,
                answer.release().isEmpty() ? "unknown" : answer.release(),
                answer.outcome().isEmpty() ? usual : answer.outcome(),
                body.path("data"),
                body.path("errors"));
    }

    public boolean fault() {
        return outcome.equals("fault");
    }

    public boolean ok() {
        return outcome.equals("ok");
    }
}
