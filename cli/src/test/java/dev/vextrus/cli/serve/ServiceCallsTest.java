package dev.vextrus.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ServiceCallsTest {

    @Test
    void a_tenant_without_books_is_told_with_what_the_service_advises() throws IOException {
        Failure failure = refused("""
                {"errors":[{"message":"The tenant nobody has no books yet.",
                "extensions":{"code":"TENANT_UNKNOWN","remedy":"Check the tenant's name."}}]}""");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.ENDED_BADLY);
        assertThat(failure.code()).isEqualTo("TENANT_UNKNOWN");
        assertThat(failure).hasMessage("The tenant nobody has no books yet.");
        assertThat(failure.remedy()).isEqualTo("Check the tenant's name.");
    }

    @Test
    void a_path_that_the_service_does_not_have_is_a_question_of_the_url() throws IOException {
        Failure failure = refused("""
                {"errors":[{"message":"There is nothing here.",
                "extensions":{"code":"NOT_FOUND","remedy":"The API is POST /graphql."}}]}""");
        assertThat(failure.code()).isEqualTo("NOT_FOUND");
        assertThat(failure.remedy()).contains("--url");
    }

    private static Failure refused(String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (ServiceCalls calls = new ServiceCalls(new ServiceOptions.Reached(url, "token"))) {
            return catchThrowableOfType(Failure.class, () -> calls.get("/bulk/export?format=csv"));
        } finally {
            server.stop(0);
        }
    }
}
