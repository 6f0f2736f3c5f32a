import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A service that greets, in one file: {@code java Greeter.java}. It offers nothing of the release contract but its
 * health, which is enough for a phased rollout; it has no books, so the gates that look at books are off.
 *
 * <p>GREETER_FAIL_EVERY=10 makes each tenth answer a fault, to see a release being rolled back.
 */
public final class Greeter {
    public static void main(String[] arguments) throws IOException {
        Map<String, String> environment = System.getenv();
        int port = Integer.parseInt(environment.getOrDefault("PORT", "8080"));
        String version = environment.getOrDefault("VERSION", "0");
        int failEvery = Integer.parseInt(environment.getOrDefault("GREETER_FAIL_EVERY", "0"));
        AtomicLong asked = new AtomicLong();

        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/health", exchange -> answer(exchange, 200, version, "ready\n"));
        server.createContext("/", exchange -> {
            boolean fails = failEvery > 0 && asked.incrementAndGet() % failEvery == 0;
            answer(exchange, fails ? 500 : 200, version, fails ? "no greeting today\n" : "hello from " + version + "\n");
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(1)));
        server.start();

        // The rollout asks here what a release offers beyond health; 404, the answer to everything, means: nothing.
        int management = Integer.parseInt(environment.getOrDefault("MANAGEMENT_PORT", "8081"));
        HttpServer.create(new InetSocketAddress("127.0.0.1", management), 0).start();
    }

    private static void answer(HttpExchange exchange, int status, String version, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-Release", version);
        exchange.sendResponseHeaders(status, body.length);
        try (exchange; var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
