package dev.vextrus.proxy;

import dev.vextrus.proxy.counting.TrafficCounts;
import dev.vextrus.proxy.forward.ForwardLimits;
import dev.vextrus.proxy.forward.Forwarder;
import dev.vextrus.proxy.forward.UpstreamLoad;
import dev.vextrus.proxy.routing.LiveRouting;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop that carries traffic: a server, and a client of its own, so that no request changes threads. */
final class TrafficLoop extends VerticleBase {
    private static final long SWEEP_MILLIS = 100;
    private static final int IDLE_CONNECTION_SECONDS = 75;

    private final ProxySettings settings;
    private final int port;
    private final LiveRouting live;
    private final TrafficCounts counts;
    private final UpstreamLoad load;
    private @Nullable HttpServer server;
    private @Nullable HttpClient client;

    TrafficLoop(ProxySettings settings, int port, LiveRouting live, TrafficCounts counts, UpstreamLoad load) {
        this.settings = settings;
        this.port = port;
        this.live = live;
        this.counts = counts;
        this.load = load;
    }

    @Override
    public Future<?> start() {
        ForwardLimits limits = settings.limits();
        HttpClient upstreams = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setKeepAlive(true)
                        .setKeepAliveTimeout(limits.upstreamKeepAliveSeconds())
                        .setConnectTimeout(limits.connectTimeoutMillis())
                        .setTcpNoDelay(true)
                        .setMaxHeaderSize(limits.maxHeaderBytes())
                        .setDecompressionSupported(false)
                        .setHttp2ClearTextUpgrade(false))
                .with(new PoolOptions()
                        .setHttp1MaxSize(limits.maxConnectionsPerUpstream())
                        .setMaxWaitQueueSize(limits.maxWaiting()))
                .build();
        client = upstreams;
        Forwarder forwarder = new Forwarder(
                live,
                counts,
                upstreams,
                limits,
                load,
                () -> ThreadLocalRandom.current().nextDouble(),
                System::nanoTime);
        vertx.setPeriodic(SWEEP_MILLIS, tick -> forwarder.sweep());
        HttpServer clients = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(settings.address())
                        .setPort(port)
                        .setTcpNoDelay(true)
                        .setIdleTimeout(IDLE_CONNECTION_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setMaxHeaderSize(limits.maxHeaderBytes())
                        .setMaxInitialLineLength(limits.maxRequestLineBytes())
                        .setHandle100ContinueAutomatically(true)
                        .setHttp2ClearTextEnabled(false)
                        // Sockets are tunnelled as they are: handlers that would compress them only see every request.
                        .setPerMessageWebSocketCompressionSupported(false)
                        .setPerFrameWebSocketCompressionSupported(false)
                        .setAcceptBacklog(1_024))
                .requestHandler(forwarder::forward);
        server = clients;
        return clients.listen();
    }

    int actualPort() {
        if (server == null) {
            throw new IllegalStateException("not listening");
        }
        return server.actualPort();
    }

    /** Takes no new connection, lets requests in flight end, then closes. */
    Future<Void> drain() {
        Future<Void> served = server == null
                ? Future.succeededFuture()
                : server.shutdown(settings.drainMillis(), TimeUnit.MILLISECONDS);
        return served.eventually(() -> client == null ? Future.succeededFuture() : client.shutdown());
    }

    /** Done when the event loop has come past everything that it was handed before. */
    Future<Void> passed() {
        io.vertx.core.Promise<Void> promise = io.vertx.core.Promise.promise();
        context.runOnContext(now -> promise.complete());
        return promise.future();
    }
}
