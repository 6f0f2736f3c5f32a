package dev.vextrus.rollout.proxyapi;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The engine's routing in the proxy's words, and back. */
public final class ProxyRouting {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ProxyRouting() {}

    /**
     * A colour's release and addresses.
     *
     * @param upstreams of its instances, {@code host:port} each
     * @param slowMillis above which a request counts as slow; 0 for the proxy's default
     */
    public record Served(String version, List<String> upstreams, int slowMillis) {
        public Served {
            upstreams = List.copyOf(upstreams);
        }
    }

    /**
     * @param served the colours that run; the canary may be missing while it has no weight
     * @param credential of the canary header
     */
    public static String write(Routing routing, Map<Color, Served> served, String credential) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("epoch", routing.epoch());
        ObjectNode colors = root.putObject("colors");
        Map<Color, Served> named = new EnumMap<>(Color.class);
        named.putAll(served);
        Color canary = routing.canary();
        if (canary != null) {
            named.putIfAbsent(canary, new Served("none", List.of(), 0));
        }
        named.forEach((color, release) -> {
            ObjectNode node = colors.putObject(color.label()).put("version", release.version());
            ArrayNode upstreams = node.putArray("upstreams");
            release.upstreams().forEach(upstreams::add);
        });
        root.put("stable", routing.stable().label());
        root.put("canary", canary == null ? null : canary.label());
        root.put("weight", routing.weight());
        ObjectNode cohort = root.putObject("cohort").put("mode", routing.byTenant() ? "tenant" : "request");
        ArrayNode tenants = cohort.putArray("tenants");
        routing.cohort().forEach(tenants::add);
        root.putObject("canaryHeader").put("name", "x-canary").put("credential", credential);
        Served objective = served.get(routing.stable());
        if (objective != null && objective.slowMillis() > 0) {
            root.put("slowMillis", objective.slowMillis());
        }
        return root.toString();
    }

    /** What {@code GET} of the routing tells. */
    public static Routing read(JsonNode json) {
        JsonNode canary = json.path("canary");
        JsonNode cohort = json.path("cohort");
        List<String> tenants = new ArrayList<>();
        cohort.path("tenants").forEach(tenant -> tenants.add(tenant.asString()));
        return new Routing(
                json.path("epoch").asLong(),
                Color.ofLabel(json.path("stable").asString()),
                canary.isString() ? Color.ofLabel(canary.asString()) : null,
                json.path("weight").asDouble(),
                tenants,
                cohort.path("mode").asString().equals("tenant"));
    }

    /** Requests being answered per colour. */
    public static Map<Color, Integer> inFlight(JsonNode json) {
        Map<Color, Integer> inFlight = new EnumMap<>(Color.class);
        json.path("inFlight")
                .properties()
                .forEach(entry -> inFlight.put(
                        Color.ofLabel(entry.getKey()), entry.getValue().asInt()));
        return inFlight;
    }
}
