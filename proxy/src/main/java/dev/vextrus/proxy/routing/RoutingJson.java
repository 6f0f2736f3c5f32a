package dev.vextrus.proxy.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A routing as JSON, as docs/contracts/proxy-api.md describes it. */
public final class RoutingJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int DEFAULT_SLOW_MILLIS = 300;

    private RoutingJson() {}

    /** @throws InvalidRouting naming the field, where the text is no valid routing */
    public static Routing read(byte[] json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JacksonException malformed) {
            throw new InvalidRouting("body", "not JSON: " + malformed.getOriginalMessage());
        }
        if (root == null || !root.isObject()) {
            throw new InvalidRouting("body", "send one JSON object");
        }
        Map<String, ColorRoute> colors = new HashMap<>();
        for (Map.Entry<String, JsonNode> color : required(root, "colors").properties()) {
            colors.put(color.getKey(), color(color.getKey(), color.getValue()));
        }
        JsonNode epoch = required(root, "epoch");
        if (!epoch.isIntegralNumber() || !epoch.canConvertToLong()) {
            throw new InvalidRouting("epoch", "an epoch is a whole number");
        }
        String canary = text(root, "canary");
        String stable = text(root, "stable");
        if (stable == null) {
            throw new InvalidRouting("stable", "name the stable colour");
        }
        return new Routing(
                epoch.asLong(),
                colors,
                stable,
                canary,
                number(root, "weight", 0),
                cohort(root.path("cohort")),
                canaryHeader(root.path("canaryHeader")),
                (int) number(root, "slowMillis", DEFAULT_SLOW_MILLIS));
    }

    /** The same JSON again; for the proxy's own state file, so the credential is in it. */
    public static ObjectNode write(Routing routing) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("epoch", routing.epoch());
        ObjectNode colors = root.putObject("colors");
        new TreeMap<>(routing.colors()).forEach((name, color) -> {
            ObjectNode node = colors.putObject(name).put("version", color.version());
            ArrayNode upstreams = node.putArray("upstreams");
            color.upstreams().forEach(upstream -> upstreams.add(upstream.toString()));
        });
        root.put("stable", routing.stable());
        root.put("canary", routing.canary());
        root.put("weight", routing.weight());
        Cohort cohort = routing.cohort();
        ObjectNode node = root.putObject("cohort");
        node.put("mode", lower(cohort.mode()));
        names(node.putArray("tenants"), cohort.tenants());
        names(node.putArray("stableTenants"), cohort.stableTenants());
        node.put("unknown", lower(cohort.unknown()));
        node.put("sticky", lower(cohort.sticky()));
        node.put("salt", cohort.salt());
        CanaryHeader header = routing.canaryHeader();
        if (header != null) {
            root.putObject("canaryHeader").put("name", header.name()).put("credential", header.credential());
        }
        root.put("slowMillis", routing.slowMillis());
        return root;
    }

    private static void names(ArrayNode array, Set<String> names) {
        new TreeSet<>(names).forEach(array::add);
    }

    private static ColorRoute color(String name, JsonNode node) {
        String version = text(node, "version");
        List<Upstream> upstreams = new ArrayList<>();
        for (JsonNode upstream : node.path("upstreams")) {
            upstreams.add(Upstream.parse(upstream.asString()));
        }
        return new ColorRoute(name, version == null ? "" : version, upstreams);
    }

    private static Cohort cohort(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Cohort.requests();
        }
        String salt = text(node, "salt");
        return new Cohort(
                oneOf(Cohort.Mode.class, node, "mode", Cohort.Mode.REQUEST),
                strings(node.path("tenants")),
                strings(node.path("stableTenants")),
                oneOf(Cohort.Unknown.class, node, "unknown", Cohort.Unknown.STABLE),
                oneOf(Cohort.Sticky.class, node, "sticky", Cohort.Sticky.NONE),
                salt == null ? "" : salt);
    }

    private static @Nullable CanaryHeader canaryHeader(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        String name = text(node, "name");
        String credential = text(node, "credential");
        return new CanaryHeader(name == null ? "x-canary" : name, credential == null ? "" : credential);
    }

    private static Set<String> strings(JsonNode array) {
        Set<String> strings = new HashSet<>();
        for (JsonNode element : array) {
            strings.add(element.asString());
        }
        return strings;
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, JsonNode node, String field, E otherwise) {
        String value = text(node, field);
        if (value == null) {
            return otherwise;
        }
        for (E constant : type.getEnumConstants()) {
            if (lower(constant).equals(value)) {
                return constant;
            }
        }
        List<String> known = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            known.add(lower(constant));
        }
        throw new InvalidRouting("cohort." + field, "'" + value + "' is none of " + known);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static JsonNode required(JsonNode root, String field) {
        JsonNode node = root.path(field);
        if (node.isMissingNode() || node.isNull()) {
            throw new InvalidRouting(field, "is missing");
        }
        return node;
    }

    private static double number(JsonNode root, String field, double otherwise) {
        JsonNode node = root.path(field);
        if (node.isMissingNode()) {
            return otherwise;
        }
        if (!node.isNumber()) {
            throw new InvalidRouting(field, "is a number");
        }
        return node.asDouble();
    }

    private static @Nullable String text(JsonNode root, String field) {
        JsonNode node = root.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            throw new InvalidRouting(field, "is a text");
        }
        return node.asString();
    }
}
