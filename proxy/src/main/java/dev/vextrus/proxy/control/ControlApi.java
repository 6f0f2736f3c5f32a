package dev.vextrus.proxy.control;

import dev.vextrus.proxy.counting.ColorTotals;
import dev.vextrus.proxy.counting.Track;
import dev.vextrus.proxy.counting.TrafficCounts;
import dev.vextrus.proxy.routing.ColorRoute;
import dev.vextrus.proxy.routing.InvalidRouting;
import dev.vextrus.proxy.routing.LiveRouting;
import dev.vextrus.proxy.routing.Routing;
import dev.vextrus.proxy.routing.RoutingJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers the control address, as docs/contracts/proxy-api.md describes it. */
public final class ControlApi {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MAX_SAMPLES = 20_000;
    private static final int MAX_ROUTING_BYTES = 4 << 20;

    private final byte[] authorization;
    private final LiveRouting live;
    private final TrafficCounts counts;
    private final Supplier<Map<String, Integer>> upstreamsInFlight;
    private final Function<Routing, Future<Void>> putInForce;
    private final Runnable stop;

    /** A routing was refused, since a newer one stands. */
    public static final class StaleEpoch extends RuntimeException {
        private static final long serialVersionUID = 1;

        public StaleEpoch(long standing) {
            super("the routing in force has epoch " + standing + "; read it before you set another");
        }
    }

    /**
     * @param upstreamsInFlight requests in flight by address
     * @param putInForce completes when every new request follows the routing; fails with {@link StaleEpoch}
     * @param stop drains and ends the proxy
     */
    public ControlApi(
            String token,
            LiveRouting live,
            TrafficCounts counts,
            Supplier<Map<String, Integer>> upstreamsInFlight,
            Function<Routing, Future<Void>> putInForce,
            Runnable stop) {
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.live = live;
        this.counts = counts;
        this.upstreamsInFlight = upstreamsInFlight;
        this.putInForce = putInForce;
        this.stop = stop;
    }

    /** Answers one request. */
    public void handle(HttpServerRequest request) {
        String call = request.method().name() + " " + request.path();
        if (call.equals("GET /metrics")) {
            // Counts without tenants: a scraper needs no token.
            request.response()
                    .putHeader("content-type", "text/plain; version=0.0.4")
                    .end(PrometheusText.of(counts.totals()));
            return;
        }
        if (call.equals("GET /health/ready")) {
            // Asked by a kubelet, which has no token: a proxy without a routing takes no requests.
            request.response().setStatusCode(live.current() == null ? 503 : 200).end();
            return;
        }
        String given = request.getHeader("Authorization");
        if (given == null || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
            error(request.response(), 401, "PROXY_UNAUTHORIZED", "Authorization", "send Bearer and the control token");
            return;
        }
        switch (call) {
            case "PUT /control/v1/routing" -> put(request);
            case "GET /control/v1/routing" -> routing(request.response());
            case "GET /control/v1/samples" -> {
                Long after = whole(request, "after", 0);
                Long limit = whole(request, "limit", MAX_SAMPLES);
                if (after != null && limit != null) {
                    json(request.response(), counts.samples(after, (int) Math.clamp(limit, 1L, MAX_SAMPLES)));
                }
            }
            case "GET /control/v1/traffic" -> {
                Long hours = whole(request, "hours", 24);
                if (hours != null) {
                    json(request.response(), Map.of("tenants", counts.traffic((int) Math.clamp(hours, 1L, 24L))));
                }
            }
            case "GET /control/v1/colors" -> json(request.response(), Map.of("colors", colors()));
            case "POST /control/v1/stop" -> {
                request.response().setStatusCode(202).end();
                stop.run();
            }
            default -> error(request.response(), 404, "PROXY_NO_SUCH_CALL", "path", "see docs/contracts/proxy-api.md");
        }
    }

    private void put(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        String length = request.getHeader("Content-Length");
        if (length == null || length.length() > 7 || Integer.parseInt(length) > MAX_ROUTING_BYTES) {
            error(response, 413, "PROXY_ROUTING_TOO_LARGE", "body", "announce a length of at most 4 MiB");
            return;
        }
        request.body().onSuccess(body -> accept(response, body));
    }

    private void accept(HttpServerResponse response, Buffer body) {
        Routing next;
        try {
            next = RoutingJson.read(body.getBytes());
        } catch (InvalidRouting invalid) {
            error(response, 400, "PROXY_ROUTING_INVALID", invalid.field(), String.valueOf(invalid.getMessage()));
            return;
        }
        putInForce.apply(next).onComplete(done -> {
            if (done.succeeded()) {
                routing(response);
            } else if (done.cause() instanceof StaleEpoch stale) {
                error(response, 409, "PROXY_EPOCH_STALE", "epoch", String.valueOf(stale.getMessage()));
            } else {
                error(response, 500, "PROXY_FAILED", "body", "the routing was not put in force; try again");
            }
        });
    }

    private void routing(HttpServerResponse response) {
        Routing routing = live.current();
        if (routing == null) {
            error(response, 404, "PROXY_NO_ROUTING", "routing", "none was set yet");
            return;
        }
        ObjectNode root = RoutingJson.write(routing);
        if (root.get("canaryHeader") instanceof ObjectNode header) {
            header.remove("credential");
        }
        ObjectNode inFlight = root.putObject("inFlight");
        routing.colors()
                .forEach((name, color) -> inFlight.put(name, counts.inFlight(new Track(name, color.version()))));
        ObjectNode upstreams = root.putObject("upstreamsInFlight");
        upstreamsInFlight.get().forEach(upstreams::put);
        json(response, root);
    }

    /**
     * The totals of each colour: of the release that the routing names for it; where none serves it now, of the last one
     * it had, so that a rollback can tell what its canary did.
     */
    private Map<String, ColorTotals> colors() {
        Routing routing = live.current();
        Map<String, ColorRoute> named = routing == null ? Map.of() : routing.colors();
        Map<String, ColorTotals> colors = new HashMap<>();
        counts.totals().forEach((track, totals) -> {
            ColorRoute route = named.get(track.color());
            if (route == null || route.upstreams().isEmpty()) {
                colors.merge(track.color(), totals, ControlApi::later);
            } else if (route.version().equals(track.version())) {
                colors.put(track.color(), totals);
            }
        });
        return new TreeMap<>(colors);
    }

    private static ColorTotals later(ColorTotals a, ColorTotals b) {
        return a.lastRequestEpochMillis() >= b.lastRequestEpochMillis() ? a : b;
    }

    /** A number of the query; null where it is none, which has been answered. */
    private static @Nullable Long whole(HttpServerRequest request, String name, long otherwise) {
        String value = request.getParam(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notANumber) {
            error(request.response(), 400, "PROXY_BAD_PARAMETER", name, "give a whole number");
            return null;
        }
    }

    private static void json(HttpServerResponse response, Object value) {
        response.putHeader("content-type", "application/json").end(Buffer.buffer(MAPPER.writeValueAsBytes(value)));
    }

    private static void error(HttpServerResponse response, int status, String code, String field, String message) {
        ObjectNode root = MAPPER.createObjectNode();
        root.putObject("error").put("code", code).put("field", field).put("message", field + ": " + message);
        response.setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(root.toString());
    }
}
