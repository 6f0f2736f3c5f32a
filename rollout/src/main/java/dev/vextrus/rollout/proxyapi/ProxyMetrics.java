package dev.vextrus.rollout.proxyapi;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TenantWindow;
import dev.vextrus.rollout.observation.TrackTotals;
import dev.vextrus.rollout.observation.TrackWindow;
import dev.vextrus.rollout.observation.TrafficBatch;
import dev.vextrus.rollout.port.Metrics;
import dev.vextrus.rollout.port.MetricsUnavailable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The proxy's counts as the engine reads them. */
public final class ProxyMetrics implements Metrics {
    private final ProxyControl proxy;

    public ProxyMetrics(ProxyControl proxy) {
        this.proxy = proxy;
    }

    @Override
    public TrafficBatch after(long after) {
        List<TenantWindow> tenants = new ArrayList<>();
        Map<Second, TrackSum> tracks = new TreeMap<>();
        boolean complete = true;
        long next = after;
        JsonNode page;
        do {
            page = ask("/control/v1/samples?after=" + next);
            complete &= !page.path("lost").asBoolean();
            next = page.path("next").asLong();
            for (JsonNode sample : page.path("samples")) {
                if (!sample.path("probe").asBoolean()) {
                    TenantWindow window = tenantWindow(sample);
                    tenants.add(window);
                    if (sample.path("attempts").asLong() > 0) {
                        tracks.computeIfAbsent(new Second(window.second(), window.color()), any -> new TrackSum())
                                .add(sample);
                    }
                }
            }
        } while (page.path("more").asBoolean());
        List<TrackWindow> sums = new ArrayList<>();
        tracks.forEach((second, sum) -> sums.add(sum.window(second)));
        return new TrafficBatch(next, complete, tenants, sums);
    }

    private static TenantWindow tenantWindow(JsonNode sample) {
        return new TenantWindow(
                sample.path("second").asLong(),
                Color.ofLabel(sample.path("color").asString()),
                sample.path("tenant").asString(),
                sample.path("operation").asString(),
                sample.path(sample.has("begun") ? "begun" : "requests").asLong(),
                sample.path("requests").asLong(),
                sample.path("faults").asLong(),
                sample.path("slow").asLong(),
                sample.path("cap").asBoolean(),
                mistakes(sample));
    }

    /** A proxy that is older than this count tells nothing of it, which is not the same as none. */
    private static TenantWindow.@Nullable Mistakes mistakes(JsonNode sample) {
        return sample.has("asked")
                ? new TenantWindow.Mistakes(
                        sample.path("asked").asLong(),
                        sample.path("clientErrors").asLong())
                : null;
    }

    private record Second(long second, Color color) implements Comparable<Second> {
        @Override
        public int compareTo(Second other) {
            int bySecond = Long.compare(second, other.second);
            return bySecond != 0 ? bySecond : color.compareTo(other.color);
        }
    }

    private static final class TrackSum {
        private long keys;
        private long faults;
        private long slow;
        private final Map<Double, Long> latency = new TreeMap<>();

        void add(JsonNode sample) {
            keys += sample.path("requests").asLong();
            faults += sample.path("faultyKeys").asLong();
            slow += sample.path("slowKeys").asLong();
            buckets(sample.path("latency")).forEach((bound, count) -> latency.merge(bound, count, Long::sum));
        }

        TrackWindow window(Second second) {
            List<TrackWindow.LatencyBucket> buckets = new ArrayList<>();
            latency.forEach((bound, count) -> buckets.add(new TrackWindow.LatencyBucket(bound, count)));
            return new TrackWindow(second.second(), second.color(), keys, faults, slow, buckets);
        }
    }

    /** Upper bound in milliseconds to count; the open bucket's bound is infinite. */
    private static Map<Double, Long> buckets(JsonNode pairs) {
        Map<Double, Long> buckets = new TreeMap<>();
        for (JsonNode pair : pairs) {
            long bound = pair.get(0).asLong();
            buckets.put(
                    bound < 0 ? Double.POSITIVE_INFINITY : bound, pair.get(1).asLong());
        }
        return buckets;
    }

    @Override
    public Map<Color, TrackTotals> totals() {
        Map<Color, TrackTotals> totals = new EnumMap<>(Color.class);
        ask("/control/v1/colors").path("colors").properties().forEach(entry -> {
            JsonNode of = entry.getValue();
            totals.put(
                    Color.ofLabel(entry.getKey()),
                    new TrackTotals(
                            of.path("requests").asLong(),
                            of.path("faults").asLong(),
                            percentile95(buckets(of.path("latency"))),
                            instant(of.path("firstRequestEpochMillis").asLong()),
                            instant(of.path("lastRequestEpochMillis").asLong()),
                            of.path("droppedConnections").asLong()));
        });
        return totals;
    }

    private static @Nullable Instant instant(long epochMillis) {
        return epochMillis == 0 ? null : Instant.ofEpochMilli(epochMillis);
    }

    private static double percentile95(Map<Double, Long> buckets) {
        long all = buckets.values().stream().mapToLong(Long::longValue).sum();
        long below = 0;
        for (Map.Entry<Double, Long> bucket : buckets.entrySet()) {
            below += bucket.getValue();
            if (below * 100 >= all * 95) {
                return bucket.getKey();
            }
        }
        return 0;
    }

    @Override
    public Map<String, Long> requestsByTenant() {
        Map<String, Long> requests = new TreeMap<>();
        ask("/control/v1/traffic?hours=24").path("tenants").properties().forEach(entry -> {
            // No name, or the names beyond the bound: nobody that a cohort could hold.
            if (!entry.getKey().isEmpty() && !entry.getKey().startsWith("~")) {
                requests.put(entry.getKey(), entry.getValue().path("requests").asLong());
            }
        });
        return requests;
    }

    private JsonNode ask(String path) {
        try {
            ProxyControl.Reply reply = proxy.get(path);
            if (reply.status() == 200) {
                return reply.json();
            }
            throw new MetricsUnavailable("the proxy answered " + reply.status() + " to " + path, null);
        } catch (IOException silence) {
            throw new MetricsUnavailable("the proxy does not tell its counts", silence);
        }
    }
}
