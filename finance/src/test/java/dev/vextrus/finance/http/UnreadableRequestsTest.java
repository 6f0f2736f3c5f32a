package dev.vextrus.finance.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadableRequestsTest {
    private static final int PATIENCE_MILLIS = 60_000;

    @Test
    void they_are_answered_once_in_our_form_by_the_release_that_it_names(@TempDir Path folder) throws Exception {
        Tomcat server = new Tomcat();
        server.setBaseDir(folder.toString());
        server.setPort(0);
        server.getConnector().setProperty("address", "127.0.0.1");
        server.addContext("", folder.toString());
        UnreadableRequests.answerAt((StandardHost) server.getHost(), "1.2.3");
        server.start();
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), server.getConnector().getLocalPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write("GET /%zz HTTP/1.1\r\nHost: books\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .containsOnlyOnce("X-Release: 1.2.3")
                    .contains("X-Outcome: client")
                    .containsOnlyOnce("BAD_REQUEST")
                    .doesNotContainIgnoringCase("tomcat");
        } finally {
            server.stop();
            server.destroy();
        }
    }
}
