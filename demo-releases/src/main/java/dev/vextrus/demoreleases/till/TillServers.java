package dev.vextrus.demoreleases.till;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A till behind its two ports: the one that customers know, and the one of management. */
final class TillServers {
    private static final int LAST_ANSWERS_SECONDS = 5;
    private static final Pattern NUMBER = Pattern.compile("(percent|seconds)=(\\d{1,6})");

    private final Till till;
    private final HttpServer serving;
    private final HttpServer management;

    private TillServers(Till till, HttpServer serving, HttpServer management) {
        this.till = till;
        this.serving = serving;
        this.management = management;
    }

    static TillServers open(Till till, int servingPort, int managementPort) throws IOException {
        HttpServer serving = server(servingPort);
        serving.createContext("/", exchange -> serve(till, exchange));
        HttpServer management = server(managementPort);
        management.createContext("/health/live", exchange -> answer(exchange, 200, ""));
        management.createContext("/health/ready", exchange -> answer(exchange, till.ready() ? 200 : 503, ""));
        management.createContext("/metrics", exchange -> answer(exchange, till.silent() ? 503 : 200, till.metrics()));
        management.createContext(
                "/rollout/v1/release",
                exchange -> answer(
                        exchange,
                        200,
                        "{\"version\":\"" + till.version()
                                + "\",\"contract\":1,\"head\":0,\"reads\":[],\"writes\":[]}"));
        management.createContext("/rollout/v1/drain", posted(exchange -> {
            till.drain();
            answer(exchange, 202, "");
        }));
        management.createContext("/trial/outage", posted(exchange -> {
            till.outage((int) number(exchange, "percent"), number(exchange, "seconds"));
            answer(exchange, 202, "");
        }));
        management.createContext("/trial/silence", posted(exchange -> {
            till.silence(number(exchange, "seconds"));
            answer(exchange, 202, "");
        }));
        serving.start();
        management.start();
        return new TillServers(till, serving, management);
    }

    /** The figures of {@code traffic}; POST begins them anew. */
    static void traffic(Traffic traffic, int port) throws IOException {
        HttpServer management = server(port);
        management.createContext("/health/ready", exchange -> answer(exchange, 200, ""));
        management.createContext("/counts", exchange -> {
            String counts = traffic.counts();
            if (exchange.getRequestMethod().equals("POST")) {
                traffic.forget();
            }
            answer(exchange, 200, counts);
        });
        management.start();
    }

    private static HttpServer server(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        return server;
    }

    private static void serve(Till till, HttpExchange exchange) throws IOException {
        long began = System.nanoTime();
        boolean fails = till.fails();
        int wait = till.waitMillis();
        if (wait > 0) {
            pause(wait);
        }
        if (till.dies()) {
            System.err.println("dies under traffic, as told");
            Runtime.getRuntime().halt(1);
        }
        if (till.draining()) {
            exchange.getResponseHeaders().set("Connection", "close");
        }
        exchange.getResponseHeaders().set("X-Release", till.version());
        exchange.getResponseHeaders().set("X-Outcome", fails ? "fault" : "ok");
        try {
            answer(exchange, fails ? 500 : 200, till.color() + " " + till.version() + "\n");
        } finally {
            till.count(fails, (System.nanoTime() - began) / 1e9);
        }
    }

    private static HttpHandler posted(HttpHandler handler) {
        return exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                handler.handle(exchange);
            } else {
                answer(exchange, 405, "");
            }
        };
    }

    private static long number(HttpExchange exchange, String name) {
        Matcher matcher = NUMBER.matcher(String.valueOf(exchange.getRequestURI().getQuery()));
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return Long.parseLong(matcher.group(2));
            }
        }
        return 0;
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** Serves on until every router knows that it goes, and lets what is under way end. */
    void stop(long serveOnMillis) {
        till.drain();
        pause(serveOnMillis);
        serving.stop(LAST_ANSWERS_SECONDS);
        management.stop(0);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
