package dev.vextrus.cli.demo.traffic;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.EntityUtils;
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

    static Reply of(ClassicHttpResponse answer) throws IOException {
        int status = answer.getCode();
        String usual = status >= 500 ? "fault" : status >= 400 ? "client" : "ok";
        JsonNode body = body(answer);
        return new Reply(
                status,
                header(answer, "X-Release", "unknown"),
                header(answer, "X-Outcome", usual),
                body.path("data"),
                body.path("errors"));
    }

    private static JsonNode body(ClassicHttpResponse answer) throws IOException {
        byte[] bytes = answer.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(answer.getEntity());
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static String header(ClassicHttpResponse answer, String name, String otherwise) {
        Header header = answer.getFirstHeader(name);
        return header == null || header.getValue().isEmpty() ? otherwise : header.getValue();
    }

    public boolean fault() {
        return outcome.equals("fault");
    }

    public boolean ok() {
        return outcome.equals("ok");
    }
}
