package dev.vextrus.proxy;

import dev.vextrus.proxy.control.ControlApi;
import dev.vextrus.proxy.counting.CountingLimits;
import dev.vextrus.proxy.counting.TrafficCounts;
import dev.vextrus.proxy.forward.UpstreamLoad;
import dev.vextrus.proxy.routing.LiveRouting;
import dev.vextrus.proxy.routing.Routing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The proxy, listening. */
public final class RunningProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningProxy.class);
    private static final long ROLL_MILLIS = 100;

    private final Vertx vertx;
    private final LiveRouting live = new LiveRouting();
    private final TrafficCounts counts;
    private final UpstreamLoad load = new UpstreamLoad();
    private final List<TrafficLoop> loops = new ArrayList<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final StateFolder state;
    private final HttpServer control;

    /**
     * Starts listening on both addresses.
     *
     * @param epochMillis the wall clock
     * @throws IllegalStateException where a port is taken
     */
    public RunningProxy(ProxySettings settings, LongSupplier epochMillis) {
        this.counts = new TrafficCounts(epochMillis, CountingLimits.standard().withFaultCap(settings.faultCap()));
        this.state = new StateFolder(settings.state());
        // One loop more than carry traffic: the control address answers however busy the others are.
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(settings.threads() + 1));
        Routing kept = state.routing();
        if (kept != null) {
            live.replace(kept);
        }
        try {
            // A negative port is Vert.x's way to say: one free port, shared by all loops.
            int port = settings.port() == 0 ? -1 : settings.port();
            for (int i = 0; i < settings.threads(); i++) {
                TrafficLoop loop = new TrafficLoop(settings, port, live, counts, load);
                await(vertx.deployVerticle(loop));
                loops.add(loop);
            }
            ControlApi api = new ControlApi(
                    settings.controlToken(), live, counts, load::byAddress, this::putInForce, this::stop);
            control = await(vertx.createHttpServer(new HttpServerOptions()
                            .setHost(settings.controlAddress())
                            .setPort(settings.controlPort())
                            .setIdleTimeout(75))
                    .requestHandler(api::handle)
                    .listen());
            vertx.setPeriodic(ROLL_MILLIS, tick -> counts.roll());
            state.announce(port(), controlPort());
        } catch (RuntimeException notStarted) {
            vertx.close();
            throw notStarted;
        }
    }

    public int port() {
        return loops.getFirst().actualPort();
    }

    public int controlPort() {
        return control.actualPort();
    }

    /** Puts a routing in force and waits until no event loop can still act on the one before. */
    private Future<Void> putInForce(Routing next) {
        Routing standing = live.replace(next);
        if (standing != null) {
            return Future.failedFuture(new ControlApi.StaleEpoch(standing.epoch()));
        }
        List<Future<Void>> passed = loops.stream().map(TrafficLoop::passed).toList();
        return Future.all(passed)
                .compose(everywhere -> vertx.executeBlocking(() -> {
                    Routing current = live.current();
                    if (current != null) {
                        state.keep(current); // the current one: a later PUT may have come in between
                    }
                    return null;
                }));
    }

    /** Drains and ends; the second call changes nothing. */
    public void stop() {
        if (stopping.compareAndSet(false, true)) {
            LOG.info("draining");
            Future.join(loops.stream().map(TrafficLoop::drain).toList())
                    .eventually(() -> control.shutdown(1, TimeUnit.SECONDS))
                    .eventually(vertx::close)
                    .onComplete(end -> stopped.complete(null));
        }
    }

    /** Waits for the end that {@link #stop} brings about. */
    public void awaitStopped() {
        stopped.join();
    }

    @Override
    public void close() {
        stop();
        awaitStopped();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", interrupted);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException failed) {
            throw new IllegalStateException("cannot listen: " + failed.getMessage(), failed);
        }
    }
}
