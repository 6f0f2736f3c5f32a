package dev.vextrus.cli.demo.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GraphQlCallerTest {
    private static final GraphQlCaller.Call CALL =
            new GraphQlCaller.Call("PostEntry", "mutation PostEntry { x }", Map.of("n", 1), "key-1", "cor-1");

    private final List<Headers> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;
    private boolean hangsUp;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/graphql", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void the_host_that_a_gateway_knows_is_asked_for_at_the_address_where_it_listens() throws IOException {
        try (GraphQlCaller caller = new GraphQlCaller(endpoint(), "finance.example:8443")) {
            Reply reply = caller.send("token-1", CALL);

            assertThat(reply.data().path("n").asInt()).isEqualTo(1);
            assertThat(reply.release()).isEqualTo("1.1.0");
            assertThat(reply.ok()).isTrue();
        }
        assertThat(asked.getFirst().getFirst("Host")).isEqualTo("finance.example:8443");
        assertThat(asked.getFirst().getFirst("Authorization")).isEqualTo("Bearer token-1");
        assertThat(asked.getFirst().getFirst("X-Operation")).isEqualTo("PostEntry");
        assertThat(asked.getFirst().getFirst("Idempotency-Key")).isEqualTo("key-1");
    }

    @Test
    void a_fault_is_counted_as_its_caller_saw_it_and_not_tried_again() throws IOException {
        status = 503;
        try (GraphQlCaller caller = new GraphQlCaller(endpoint())) {
            assertThat(caller.send("token-1", CALL).fault()).isTrue();
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_connection_that_ends_without_an_answer_is_told() throws IOException {
        hangsUp = true;
        try (GraphQlCaller caller = new GraphQlCaller(endpoint())) {
            assertThatThrownBy(() -> caller.send("token-1", CALL)).isInstanceOf(IOException.class);
        }
        assertThat(asked).hasSize(1);
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/graphql");
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        asked.add(exchange.getRequestHeaders());
        if (hangsUp) {
            exchange.close();
            return;
        }
        byte[] body = "{\"data\":{\"n\":1}}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("X-Release", "1.1.0");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
