package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What no HTTP client sends: it is written to the socket byte for byte. */
class UnreadableRequestsIT {
    @AutoClose
    private static final RunningService service = RunningService.start();

    private static final int PATIENCE_MILLIS = 30_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a b HTTP/1.1\r\nHost: books\r\n\r\n",
                "GET /a|b{c} HTTP/1.1\r\nHost: books\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: books\r\n\r\n",
                "GET /a%2Fb HTTP/1.1\r\nHost: books\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /health/live HTTP/1.1\r\n\r\n",
                "G\tT / HTTP/1.1\r\nHost: books\r\n\r\n",
                "POST /graphql HTTP/1.1\r\nHost: books\r\nContent-Length: many\r\n\r\n",
                "\u0016\u0003\u0001\r\n\r\n"
            })
    void what_cannot_be_read_is_answered_as_every_other_error(String request) throws IOException {
        assertRefused(request);
    }

    @Test
    void so_is_a_header_that_is_too_long() throws IOException {
        assertRefused("GET /health/live HTTP/1.1\r\nHost: books\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n");
    }

    private static void assertRefused(String request) throws IOException {
        String answer = answerTo(request);
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("X-Outcome: client")
                .contains("X-Release: 1.0.0")
                .doesNotContainIgnoringCase("tomcat");
        JsonNode error = JsonMapper.shared()
                .readTree(answer.substring(answer.indexOf("\r\n\r\n")))
                .path("errors")
                .path(0);
        assertThat(error.path("extensions").path("code").asString()).isEqualTo("BAD_REQUEST");
        assertThat(error.path("message").asString()).isEqualTo("The request cannot be read.");
    }

    private static String answerTo(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var answer = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (SocketException reset) {
                // After its answer, by a server that did not read the whole request.
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
