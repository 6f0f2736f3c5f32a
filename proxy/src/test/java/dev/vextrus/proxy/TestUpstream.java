package dev.vextrus.proxy;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A release in this process, for the proxy to forward to. */
final class TestUpstream implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    final AtomicInteger served = new AtomicInteger();

    TestUpstream(Handler<HttpServerRequest> handler) {
        server = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    served.incrementAndGet();
                    handler.handle(request);
                })
                .listen(0, "127.0.0.1"));
    }

    /** Answers everything with its name. */
    static TestUpstream named(String name) {
        return new TestUpstream(request -> request.response().end(name));
    }

    String address() {
        return "127.0.0.1:" + server.actualPort();
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
