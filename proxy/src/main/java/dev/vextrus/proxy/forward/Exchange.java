package dev.vextrus.proxy.forward;

import dev.vextrus.proxy.counting.Completed;
import dev.vextrus.proxy.counting.Ending;
import dev.vextrus.proxy.counting.RequestKey;
import dev.vextrus.proxy.counting.Track;
import dev.vextrus.proxy.routing.Choice;
import dev.vextrus.proxy.routing.Routing;
import dev.vextrus.proxy.routing.Upstream;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request from its head to the end of its answer, with whichever side gives up first. Counted exactly once. Confined
 * to its event loop.
 */
final class Exchange {
    private enum Stage {
        CONNECTING,
        SENDING,
        WAITING,
        ANSWERING,
        DONE
    }

    private final Forwarder loop;
    private final HttpServerRequest request;
    private final HttpServerResponse answer;
    private final Routing routing;
    private final Choice.To to;
    private final Track track;
    private final @Nullable String tenant;
    private final String operation;
    private final @Nullable RequestKey key;
    private final long startNanos;
    private final boolean upgrade;

    private Stage stage = Stage.CONNECTING;
    private boolean begun;
    private boolean retried;
    private long progressNanos;
    private @Nullable Upstream upstream;
    private @Nullable HttpClientRequest forwarded;
    private @Nullable BodyFlow sending;
    private @Nullable BodyFlow answering;

    Exchange(
            Forwarder loop,
            HttpServerRequest request,
            Routing routing,
            Choice.To to,
            Track track,
            @Nullable String tenant) {
        this.loop = loop;
        this.request = request;
        this.answer = request.response();
        this.routing = routing;
        this.to = to;
        this.track = track;
        this.tenant = tenant;
        this.operation = Operation.of(request);
        this.key = key(request);
        this.startNanos = loop.nowNanos();
        this.progressNanos = startNanos;
        this.upgrade = Tunnel.isUpgrade(request);
    }

    private static @Nullable RequestKey key(HttpServerRequest request) {
        String idempotency = request.getHeader("Idempotency-Key");
        if (idempotency != null) {
            return new RequestKey(idempotency, true);
        }
        String correlation = request.getHeader("X-Correlation-Id");
        return correlation == null ? null : new RequestKey(correlation, false);
    }

    void start() {
        begun = loop.counts().started(track, tenant, operation, to.probe(), key);
        answer.closeHandler(gone -> clientGone());
        answer.exceptionHandler(gone -> clientGone());
        request.exceptionHandler(gone -> clientGone());
        connect(loop.upstreams().pick(to.color().upstreams(), null, startNanos));
    }

    private void connect(@Nullable Upstream chosen) {
        if (chosen == null) {
            give(OwnAnswer.NO_UPSTREAM, Ending.NO_ANSWER);
            return;
        }
        use(chosen);
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(chosen.host())
                .setPort(chosen.port())
                .setURI(request.uri());
        loop.client().request(options).onComplete(connected -> {
            if (stage == Stage.DONE) {
                if (connected.succeeded()) {
                    connected.result().reset();
                }
            } else if (connected.succeeded()) {
                send(connected.result());
            } else {
                notSent(chosen, connected.cause());
            }
        });
    }

    /** No connection came about, so the request was certainly not sent: one other instance of the colour may have it. */
    private void notSent(Upstream refused, Throwable cause) {
        boolean another = to.color().upstreams().size() > 1 && !retried;
        loop.counts().refusedConnection(track);
        loop.upstreams().refused(refused, loop.nowNanos());
        if (another) {
            retried = true;
            connect(loop.upstreams().pick(to.color().upstreams(), refused, loop.nowNanos()));
        } else {
            give(
                    cause instanceof ConnectionPoolTooBusyException ? OwnAnswer.BUSY : OwnAnswer.NO_UPSTREAM,
                    Ending.NO_ANSWER);
        }
    }

    private void use(@Nullable Upstream next) {
        if (upstream != null) {
            loop.upstreams().ended(upstream);
        }
        upstream = next;
        if (next != null) {
            loop.upstreams().began(next);
        }
    }

    private void send(HttpClientRequest out) {
        forwarded = out;
        progressNanos = loop.nowNanos();
        Headers.toUpstream(
                request,
                out.headers(),
                to.probe(),
                routing.canaryHeader(),
                loop.limits().trustForwarded());
        out.exceptionHandler(broken -> {}); // told by the response's future as well
        if (upgrade) {
            stage = Stage.WAITING;
            Tunnel.open(this, request, out);
            return;
        }
        out.response().onComplete(response -> {
            if (response.succeeded()) {
                respond(response.result());
            } else {
                brokeOff();
            }
        });
        long length = Forwarder.contentLength(request);
        boolean body = length > 0 || request.getHeader("Transfer-Encoding") != null;
        if (!body) {
            stage = Stage.WAITING;
            out.end();
            request.resume();
            return;
        }
        sendBody(out, length);
    }

    private void sendBody(HttpClientRequest out, long length) {
        stage = Stage.SENDING;
        if (length < 0) {
            out.setChunked(true);
        }
        sending = new BodyFlow(request, out, length, loop.limits().maxBodyBytes(), new BodyFlow.Listener() {
            @Override
            public void progress() {
                progressNanos = loop.nowNanos();
            }

            @Override
            public void complete() {
                if (stage == Stage.SENDING) {
                    stage = Stage.WAITING;
                }
            }

            @Override
            public void tooLarge() {
                boolean unanswered = stage == Stage.SENDING && !answer.headWritten();
                finish(Ending.ANSWERED, OwnAnswer.TOO_LARGE.status(), false);
                letGo(out);
                if (unanswered) {
                    answer.putHeader("connection", "close");
                    OwnAnswer.TOO_LARGE.send(answer, track.version());
                }
                request.connection().close();
            }
        });
        sending.start();
    }

    private void respond(HttpClientResponse response) {
        if (stage == Stage.DONE) {
            return;
        }
        stage = Stage.ANSWERING;
        progressNanos = loop.nowNanos();
        response.pause();
        answer.setStatusCode(response.statusCode());
        String message = response.statusMessage();
        if (message != null && !message.isEmpty()) {
            answer.setStatusMessage(message);
        }
        Headers.toClient(response.headers(), answer.headers());
        boolean bodiless = request.method().equals(HttpMethod.HEAD)
                || response.statusCode() == 204
                || response.statusCode() == 304;
        long length = bodiless ? 0 : announced(response);
        if (!bodiless && length < 0) {
            answer.setChunked(true);
            answer.writeHead(); // a stream's client waits for the head, perhaps long before the first event
        }
        Ending ending = ending(response);
        response.exceptionHandler(broken -> brokeOff());
        answering = new BodyFlow(response, answer, bodiless ? -1 : length, Long.MAX_VALUE, new BodyFlow.Listener() {
            @Override
            public void progress() {
                progressNanos = loop.nowNanos();
            }

            @Override
            public void complete() {
                finish(ending, response.statusCode(), false);
                leaveInStep();
            }

            @Override
            public void tooLarge() {
                throw new IllegalStateException("an answer has no limit");
            }
        });
        answering.start();
    }

    /** The answer may come before the request's body is through: the upstream then gets no more of it. */
    private void leaveInStep() {
        if (!request.isEnded()) {
            letGo(forwarded);
        }
        Forwarder.discardRest(request);
    }

    private static long announced(HttpClientResponse response) {
        String length = response.getHeader("Content-Length");
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    static Ending ending(HttpClientResponse response) {
        String outcome = response.getHeader("X-Outcome");
        int status = response.statusCode();
        if (outcome == null ? status >= 500 : outcome.equalsIgnoreCase("fault")) {
            return Ending.FAULT;
        }
        boolean client = outcome == null ? status >= 400 : outcome.equalsIgnoreCase("client");
        return client ? Ending.CLIENT_ERROR : Ending.ANSWERED;
    }

    /** The upstream failed after it may have got the request. */
    void brokeOff() {
        if (stage == Stage.DONE) {
            return;
        }
        HttpClientRequest out = forwarded;
        if (answer.headWritten()) {
            finish(Ending.NO_ANSWER, 0, true);
            request.connection().close();
        } else {
            answer.headers().clear();
            give(OwnAnswer.BROKE_OFF, Ending.NO_ANSWER);
        }
        letGo(out);
    }

    /** An upstream that fell silent would keep its connection, one of a bounded number, for as long as it likes. */
    static void letGo(@Nullable HttpClientRequest out) {
        if (out != null) {
            Connections.abort(out.connection());
        }
    }

    private void clientGone() {
        if (stage != Stage.DONE) {
            HttpClientRequest out = forwarded;
            boolean sending = stage == Stage.SENDING;
            finish(Ending.CLIENT_GONE, 0, false);
            if (sending) {
                letGo(out);
            } else if (out != null) {
                // Where the answer is through but for what the client did not read, the connection may be another's by
                // now.
                out.reset();
            }
        }
    }

    private void give(OwnAnswer own, Ending ending) {
        finish(ending, own.status(), false);
        own.send(answer, track.version());
        Forwarder.discardRest(request);
    }

    void checkDeadlines(long nowNanos) {
        long idleMillis = TimeUnit.NANOSECONDS.toMillis(nowNanos - progressNanos);
        ForwardLimits limits = loop.limits();
        switch (stage) {
            case SENDING -> {
                boolean upstreamHolds = sending != null && sending.blockedByReader();
                if (upstreamHolds && idleMillis > limits.responseTimeoutMillis()) {
                    timedOut();
                } else if (!upstreamHolds && idleMillis > limits.clientIdleMillis()) {
                    clientGone();
                    request.connection().close();
                }
            }
            case WAITING -> {
                if (idleMillis > limits.responseTimeoutMillis()) {
                    timedOut();
                }
            }
            case ANSWERING -> {
                boolean clientHolds = answering != null && answering.blockedByReader();
                if (clientHolds && idleMillis > limits.clientIdleMillis()) {
                    clientGone();
                    Connections.abort(request.connection());
                } else if (!clientHolds && idleMillis > limits.streamIdleMillis()) {
                    brokeOff();
                }
            }
            case CONNECTING, DONE -> {}
        }
    }

    private void timedOut() {
        HttpClientRequest out = forwarded;
        give(OwnAnswer.TIMED_OUT, Ending.NO_ANSWER);
        letGo(out);
    }

    /** The end, whatever it was; the first one counts. */
    void finish(Ending ending, int status, boolean dropped) {
        if (stage == Stage.DONE) {
            return;
        }
        stage = Stage.DONE;
        use(null);
        loop.ended(this);
        long micros = TimeUnit.NANOSECONDS.toMicros(loop.nowNanos() - startNanos);
        // Anybody can put a tenant's name into a token; one that the service refused speaks for no tenant.
        String counted = status == 401 ? null : tenant;
        boolean slow = micros > routing.slowMillis() * 1_000L;
        loop.counts()
                .ended(new Completed(
                        track,
                        begun,
                        counted,
                        tenant,
                        operation,
                        to.probe(),
                        key,
                        ending,
                        status,
                        micros,
                        slow,
                        dropped));
    }
}
