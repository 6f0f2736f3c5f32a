package dev.vextrus.finance.http;

import dev.vextrus.finance.settings.Settings.Release;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * {@code http_requests_total} and {@code http_request_duration_seconds}, by colour, version, code, method, operation and
 * outcome. Names that callers choose become labels only while they are few and plain, so that nobody can fill the
 * memory by inventing names.
 */
public final class RequestMetrics {
    private static final int MAXIMUM_OPERATIONS = 200;
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS");
    private static final Duration[] BUCKETS = Arrays.stream(
                    new int[] {2, 5, 10, 20, 50, 100, 200, 300, 500, 1_000, 2_000, 5_000, 10_000})
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Tags common;
    private final Set<String> operations = ConcurrentHashMap.newKeySet();
    private final Map<Key, Meters> meters = new ConcurrentHashMap<>();

    public RequestMetrics(MeterRegistry registry, Release release) {
        this.registry = registry;
        this.common = Tags.of("color", release.color(), "version", release.version());
    }

    void record(HttpServletRequest request, RequestNotes notes, int status, Outcome outcome) {
        long nanos = System.nanoTime() - notes.startNanos();
        String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "other";
        Meters found =
                meters.computeIfAbsent(new Key(method, operationOf(request, notes), status, outcome), this::register);
        found.requests.increment();
        found.duration.record(nanos, TimeUnit.NANOSECONDS);
    }

    private String operationOf(HttpServletRequest request, RequestNotes notes) {
        String name = request.getHeader("X-Operation");
        if (name == null) {
            name = notes.operation();
        }
        if (name == null) {
            return request.getRequestURI().startsWith("/health") ? "health" : "other";
        }
        if (operations.contains(name)) {
            return name;
        }
        boolean plain = name.matches("[A-Za-z_][A-Za-z0-9_.-]{0,63}");
        if (!plain || operations.size() >= MAXIMUM_OPERATIONS) {
            return "other";
        }
        operations.add(name);
        return name;
    }

    private Meters register(Key key) {
        Tags tags = common.and(
                Tag.of("code", String.valueOf(key.status)),
                Tag.of("method", key.method),
                Tag.of("operation", key.operation),
                Tag.of("outcome", key.outcome.label()));
        return new Meters(
                Counter.builder("http.requests")
                        .description("Requests answered on the public address.")
                        .tags(tags)
                        .register(registry),
                Timer.builder("http.request.duration")
                        .description("From a request's arrival to its answer.")
                        .serviceLevelObjectives(BUCKETS)
                        .tags(tags)
                        .register(registry));
    }

    private record Key(String method, String operation, int status, Outcome outcome) {}

    private record Meters(Counter requests, Timer duration) {}
}
