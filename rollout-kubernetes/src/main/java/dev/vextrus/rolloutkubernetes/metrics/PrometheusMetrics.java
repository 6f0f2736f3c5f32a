package dev.vextrus.rolloutkubernetes.metrics;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TrackTotals;
import dev.vextrus.rollout.observation.TrafficBatch;
import dev.vextrus.rollout.port.Metrics;
import dev.vextrus.rollout.port.MetricsUnavailable;
import dev.vextrus.rolloutkubernetes.workload.MetricsChoice;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts that a Prometheus server scraped. The raw samples are read, not {@code rate()}: each growth is told once, in the
 * second in which it was scraped, and nothing is extrapolated.
 */
public final class PrometheusMetrics implements Metrics, AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration AT_MOST = Duration.ofSeconds(5);
    /** A sample bears the time of its scrape and is stored some moments later. */
    private static final long SETTLED_SECONDS = 5;
    /** Before the samples asked for, so that each has one to grow from. */
    private static final long RUN_UP_SECONDS = 120;

    private static final long KEPT_SECONDS = 15 * 60;
    private static final long STALE_SECONDS = 60;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(AT_MOST)
            .build();
    private final MetricsChoice.FromPrometheus choice;
    private final ToIntFunction<Color> slowMillis;
    private final InstantSource clock;
    private @Nullable CountedWindows windows;
    private long read;

    /** @param slowMillis above which a colour's request counts as slow */
    public PrometheusMetrics(
            MetricsChoice.FromPrometheus choice, ToIntFunction<Color> slowMillis, InstantSource clock) {
        this.choice = choice;
        this.slowMillis = slowMillis;
        this.clock = clock;
    }

    @Override
    public synchronized TrafficBatch after(long after) {
        long now = clock.instant().getEpochSecond();
        long settled = now - SETTLED_SECONDS;
        CountedWindows counted = windows;
        if (counted == null) {
            read = Math.max(after, settled - KEPT_SECONDS);
            counted = new CountedWindows(read);
        }
        if (settled > read) {
            Map<When, CounterText.Sum> grown = new HashMap<>();
            long newest = Math.max(
                    collect(CounterText.REQUESTS, now, settled, grown),
                    collect(CounterText.BUCKETS, now, settled, grown));
            if (newest < now - STALE_SECONDS) {
                throw new MetricsUnavailable(
                        "Prometheus has no sample of {" + choice.selector() + "} younger than " + STALE_SECONDS
                                + " s: check its targets and the selector",
                        null);
            }
            for (Map.Entry<When, CounterText.Sum> entry : new TreeMap<>(grown).entrySet()) {
                When when = entry.getKey();
                counted.add(
                        when.second(), when.color(), entry.getValue().counters(), slowMillis.applyAsInt(when.color()));
            }
            read = settled;
            counted.close(settled);
        }
        windows = counted;
        return counted.after(after);
    }

    private record When(long second, Color color) implements Comparable<When> {
        @Override
        public int compareTo(When other) {
            int bySecond = Long.compare(second, other.second);
            return bySecond != 0 ? bySecond : color.compareTo(other.color);
        }
    }

    /** @return time of the newest sample of any series, in seconds since 1970; 0 where there is none */
    private long collect(String metric, long now, long settled, Map<When, CounterText.Sum> grown) {
        long from = read - RUN_UP_SECONDS;
        String query = metric + "{" + choice.selector() + "}[" + (now - from) + "s]";
        long newest = 0;
        for (JsonNode series : ask("/api/v1/query?time=" + now + "&query=" + encoded(query))
                .path("data")
                .path("result")) {
            Map<String, String> labels = labels(series.path("metric"));
            JsonNode values = series.path("values");
            for (int i = 0; i < values.size(); i++) {
                long second = (long) values.get(i).get(0).asDouble();
                newest = Math.max(newest, second);
                if (second > read && second <= settled && labels.containsKey("color")) {
                    double before = i == 0 ? start(second, from) : value(values.get(i - 1));
                    double growth = growth(before, value(values.get(i)));
                    grown.computeIfAbsent(
                                    new When(second, Color.ofLabel(labels.getOrDefault("color", ""))),
                                    any -> new CounterText.Sum())
                            .add(metric, labels, growth);
                }
            }
        }
        return newest;
    }

    /** A series that begins within what was asked for is a new process's: it grew from nothing. */
    private static double start(long second, long from) {
        return second > from + RUN_UP_SECONDS / 2 ? 0 : Double.NaN;
    }

    private static double value(JsonNode pair) {
        return Double.parseDouble(pair.get(1).asString());
    }

    private static double growth(double before, double now) {
        if (Double.isNaN(before)) {
            return 0;
        }
        return now >= before ? now - before : now;
    }

    private static Map<String, String> labels(JsonNode metric) {
        Map<String, String> labels = new HashMap<>();
        metric.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        if (!List.of("blue", "green").contains(labels.getOrDefault("color", ""))) {
            labels.remove("color");
        }
        return labels;
    }

    private JsonNode ask(String path) {
        URI uri = URI.create(choice.address().toString().replaceAll("/$", "") + path);
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(uri).timeout(AT_MOST).build(), HttpResponse.BodyHandlers.ofString());
            JsonNode json = MAPPER.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new MetricsUnavailable(
                        "Prometheus answered " + response.statusCode() + ": "
                                + json.path("error").asString(""),
                        null);
            }
            return json;
        } catch (IOException | JacksonException silence) {
            throw new MetricsUnavailable("Prometheus at " + choice.address() + " does not answer", silence);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new MetricsUnavailable("interrupted", interrupted);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized Map<Color, TrackTotals> totals() {
        return windows == null ? Map.of() : windows.totals();
    }

    @Override
    public Map<String, Long> requestsByTenant() {
        return Map.of();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
