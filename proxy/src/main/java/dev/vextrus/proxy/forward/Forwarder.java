package dev.vextrus.proxy.forward;

import dev.vextrus.proxy.counting.Track;
import dev.vextrus.proxy.counting.TrafficCounts;
import dev.vextrus.proxy.routing.CanaryHeader;
import dev.vextrus.proxy.routing.Choice;
import dev.vextrus.proxy.routing.LiveRouting;
import dev.vextrus.proxy.routing.RequestFacts;
import dev.vextrus.proxy.routing.Router;
import dev.vextrus.proxy.routing.Routing;
import dev.vextrus.proxy.routing.TenantClaim;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Takes requests of one event loop, chooses their colour and starts their exchange. Confined to that event loop. */
public final class Forwarder {
    private final LiveRouting live;
    private final TrafficCounts counts;
    private final HttpClient client;
    private final ForwardLimits limits;
    private final DoubleSupplier draw;
    private final LongSupplier nanos;
    private final UpstreamChoice upstreams;
    private final Set<Exchange> inFlight = new HashSet<>();

    /**
     * @param client of this event loop alone, so that no request changes threads
     * @param draw from [0, 1)
     * @param nanos a clock that never goes back
     */
    public Forwarder(
            LiveRouting live,
            TrafficCounts counts,
            HttpClient client,
            ForwardLimits limits,
            UpstreamLoad load,
            DoubleSupplier draw,
            LongSupplier nanos) {
        this.live = live;
        this.counts = counts;
        this.client = client;
        this.limits = limits;
        this.upstreams = new UpstreamChoice(load);
        this.draw = draw;
        this.nanos = nanos;
    }

    /** Carries a request through to its answer. */
    public void forward(HttpServerRequest request) {
        request.pause();
        Routing routing = live.current();
        if (request.decoderResult().isFailure()) {
            OwnAnswer.BAD_REQUEST.send(request.response(), null);
            request.connection().close();
            return;
        }
        if (routing == null) {
            refuse(request, OwnAnswer.NO_ROUTING);
            return;
        }
        if (contentLength(request) > limits.maxBodyBytes()) {
            request.response().putHeader("connection", "close");
            refuse(request, OwnAnswer.TOO_LARGE);
            return;
        }
        RequestFacts facts = facts(request, routing);
        switch (Router.choose(routing, facts, () -> SessionCookie.rounded(draw.getAsDouble()))) {
            case Choice.NoCanary() -> refuse(request, OwnAnswer.NO_CANARY);
            case Choice.To to -> start(request, routing, facts, to);
        }
    }

    private void start(HttpServerRequest request, Routing routing, RequestFacts facts, Choice.To to) {
        if (to.newSession() != null) {
            request.response().headers().add("set-cookie", SessionCookie.write(to.newSession()));
        }
        Track track = new Track(to.color().name(), to.color().version());
        Exchange exchange = new Exchange(this, request, routing, to, track, facts.tenant());
        inFlight.add(exchange);
        exchange.start();
    }

    /** Ends what has been waiting for too long; called a few times a second. */
    public void sweep() {
        long now = nanos.getAsLong();
        for (Exchange exchange : new ArrayList<>(inFlight)) {
            exchange.checkDeadlines(now);
        }
    }

    void ended(Exchange exchange) {
        inFlight.remove(exchange);
    }

    TrafficCounts counts() {
        return counts;
    }

    HttpClient client() {
        return client;
    }

    ForwardLimits limits() {
        return limits;
    }

    UpstreamChoice upstreams() {
        return upstreams;
    }

    long nowNanos() {
        return nanos.getAsLong();
    }

    private static void refuse(HttpServerRequest request, OwnAnswer answer) {
        answer.send(request.response(), null);
        discardRest(request);
    }

    /** Reads what the client still sends and throws it away, or its connection would be out of step. */
    static void discardRest(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.handler(discarded -> {});
            request.resume();
        }
    }

    private static RequestFacts facts(HttpServerRequest request, Routing routing) {
        CanaryHeader header = routing.canaryHeader();
        return new RequestFacts(
                TenantClaim.of(request.getHeader("Authorization")),
                header == null ? null : request.getHeader(header.name()),
                header == null ? null : request.getHeader(header.credentialHeader()),
                SessionCookie.read(request.getHeader(SessionCookie.HEADER)));
    }

    /** The announced length of the body; -1 where none is announced. */
    static long contentLength(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        if (length == null) {
            return -1;
        }
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException decoderRefusesIt) {
            return -1;
        }
    }
}
