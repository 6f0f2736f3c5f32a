package dev.vextrus.rolloutlocal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A release for the tests: answers its version, and behaves badly where {@code BEHAVIOUR} says so. */
public final class TinyRelease {
    private TinyRelease() {}

    public static void main(String[] arguments) throws Exception {
        String behaviour = System.getenv().getOrDefault("BEHAVIOUR", "good");
        String version = System.getenv().getOrDefault("RELEASE_VERSION", "?");
        System.out.println("tiny release " + version + " " + behaviour);
        if (behaviour.equals("dies-at-start")) {
            System.out.println("cannot find its configuration");
            System.exit(7);
        }
        AtomicBoolean draining = new AtomicBoolean();
        AtomicInteger open = new AtomicInteger();
        HttpServer server = listen("PORT");
        server.createContext("/", exchange -> {
            open.incrementAndGet();
            try {
                if (exchange.getRequestURI().getPath().equals("/die")) {
                    Runtime.getRuntime().halt(9);
                }
                if (exchange.getRequestURI().getPath().equals("/slow")) {
                    await(new CountDownLatch(1), 700);
                }
                answer(exchange, 200, version);
            } finally {
                open.decrementAndGet();
            }
        });
        HttpServer management = listen("MANAGEMENT_PORT");
        management.createContext("/health/ready", exchange -> {
            boolean ready = !behaviour.equals("never-ready") && !draining.get();
            answer(exchange, ready ? 200 : 503, "{}");
        });
        management.createContext("/rollout/v1/drain", exchange -> {
            draining.set(true);
            answer(exchange, 202, "");
        });
        management.createContext(
                "/rollout/v1/release",
                exchange -> answer(
                        exchange,
                        200,
                        "{\"version\":\"" + version
                                + "\",\"contract\":1,\"head\":5,\"reads\":[\"A@1\"],\"writes\":[\"A@1\"]}"));
        management.createContext("/rollout/v1/integrity", exchange -> answer(exchange, 503, "{}"));
        management.createContext("/rollout/v1/parity", exchange -> answer(exchange, 404, "{}"));
        management.createContext("/rollout/v1/read-model", exchange -> answer(exchange, 200, "{\"state\":5}"));
        CountDownLatch never = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (behaviour.equals("ignores-term")) {
                await(never, 600_000);
            }
            while (open.get() > 0) {
                await(never, 10);
            }
        }));
        never.await();
    }

    private static HttpServer listen(String variable) throws IOException {
        int port = Integer.parseInt(System.getenv(variable));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server;
    }

    private static void await(CountDownLatch latch, long millis) {
        try {
            if (latch.await(millis, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts it down");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("X-Outcome", status < 500 ? "ok" : "fault");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
