package dev.vextrus.finance.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.finance.ops.Route.BadParameter;
import dev.vextrus.finance.ops.Route.Parameters;
import dev.vextrus.finance.settings.Settings.Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The management address: a small server of its own, so that health and metrics answer while the public one is
 * saturated, starting or draining, and so that nothing served here can ever be reached from outside by a routing mistake.
 */
public final class ManagementServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

    private final HttpServer server;
    private final ExecutorService workers;
    private final List<Route> routes;

    /** @throws AddressTaken if the address is taken */
    public ManagementServer(Address address, List<Route> routes) {
        this.routes = List.copyOf(routes);
        this.workers = Executors.newVirtualThreadPerTaskExecutor();
        try {
            this.server = HttpServer.create(new InetSocketAddress(address.host(), address.port()), 0);
        } catch (IOException taken) {
            workers.close();
            throw new AddressTaken(
                    "VEXTRUS_MANAGEMENT_ADDRESS, VEXTRUS_MANAGEMENT_PORT: cannot listen on " + address.host() + ":"
                            + address.port() + "; stop what listens there or choose another port",
                    taken);
        }
        server.setExecutor(workers);
        server.createContext("/", this::serve);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answerTo(exchange);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer answerTo(HttpExchange exchange) {
        String method = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        try {
            for (Route route : routes) {
                Optional<Map<String, String>> variables = match(route.path(), path);
                if (variables.isPresent() && route.method().equals(method)) {
                    Map<String, String> values = new HashMap<>(query(exchange));
                    values.putAll(variables.get());
                    return route.handler().answer(new Parameters(values));
                }
            }
            return Answer.error(404, "NOT_FOUND", "There is nothing at " + method + " " + path + ".");
        } catch (BadParameter mistake) {
            return Answer.error(400, "BAD_PARAMETER", String.valueOf(mistake.getMessage()));
        } catch (StoreUnavailable outage) {
            return Answer.error(503, "UNAVAILABLE", "The database cannot be reached at the moment.");
        } catch (RuntimeException failure) {
            LOG.error("management request {} {} failed", method, path, failure);
            return Answer.error(500, "INTERNAL", "Something went wrong on our side; the log says what.");
        }
    }

    private static Optional<Map<String, String>> match(String pattern, String path) {
        String[] wanted = pattern.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                variables.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> values = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            values.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
        }
        return values;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
