package dev.vextrus.rolloutkubernetes.metrics;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TenantWindow;
import dev.vextrus.rollout.observation.TrackTotals;
import dev.vextrus.rollout.observation.TrackWindow;
import dev.vextrus.rollout.observation.TrafficBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Windows of plain counters: one per colour and second, without tenants and without knowledge of retries. The cursor is
 * the second itself, so that a controller that starts anew goes on where the one before stopped.
 */
final class CountedWindows {
    private static final int KEPT_SECONDS = 15 * 60;

    private final NavigableMap<Long, Map<Color, Window>> windows = new TreeMap<>();
    private final Map<Color, Sum> sums = new EnumMap<>(Color.class);
    private long keptFrom;
    private long closed;

    private record Window(Counters grown, int slowMillis) {}

    private static final class Sum {
        private Counters all = Counters.NONE;
        private @Nullable Instant first;
        private @Nullable Instant last;
    }

    /** @param second since which nothing is missed */
    CountedWindows(long second) {
        keptFrom = second;
        closed = second;
    }

    /** @param slowMillis above which a request counts as slow */
    void add(long second, Color color, Counters grown, int slowMillis) {
        if (grown.requests() == 0) {
            return;
        }
        windows.computeIfAbsent(second, any -> new EnumMap<>(Color.class))
                .merge(
                        color,
                        new Window(grown, slowMillis),
                        (a, b) -> new Window(a.grown().plus(b.grown()), slowMillis));
        Sum sum = sums.computeIfAbsent(color, any -> new Sum());
        sum.all = sum.all.plus(grown);
        Instant at = Instant.ofEpochSecond(second);
        sum.first = sum.first == null ? at : sum.first;
        sum.last = at;
    }

    /** Nothing more will be added up to this second. */
    void close(long second) {
        closed = Math.max(closed, second);
        NavigableMap<Long, Map<Color, Window>> old = windows.headMap(closed - KEPT_SECONDS, true);
        if (!old.isEmpty()) {
            keptFrom = Math.max(keptFrom, old.lastKey());
            old.clear();
        }
    }

    TrafficBatch after(long cursor) {
        List<TenantWindow> tenants = new ArrayList<>();
        List<TrackWindow> tracks = new ArrayList<>();
        if (cursor < closed) {
            windows.subMap(cursor, false, closed, true)
                    .forEach((second, colors) -> colors.forEach((color, window) -> {
                        Counters grown = window.grown();
                        long slow = grown.slowerThan(window.slowMillis());
                        tenants.add(new TenantWindow(
                                second,
                                color,
                                "",
                                "",
                                grown.requests(),
                                grown.faults(),
                                slow,
                                false,
                                new TenantWindow.Mistakes(grown.requests(), grown.clientErrors())));
                        tracks.add(
                                new TrackWindow(second, color, grown.requests(), grown.faults(), slow, latency(grown)));
                    }));
        }
        return new TrafficBatch(Math.max(cursor, closed), cursor == 0 || cursor >= keptFrom, tenants, tracks);
    }

    private static List<TrackWindow.LatencyBucket> latency(Counters grown) {
        List<TrackWindow.LatencyBucket> buckets = new ArrayList<>();
        grown.buckets().forEach((bound, count) -> {
            if (count > 0) {
                buckets.add(new TrackWindow.LatencyBucket(bound, count));
            }
        });
        return buckets;
    }

    Map<Color, TrackTotals> totals() {
        Map<Color, TrackTotals> totals = new EnumMap<>(Color.class);
        sums.forEach((color, sum) -> totals.put(
                color,
                new TrackTotals(sum.all.requests(), sum.all.faults(), sum.all.percentile95(), sum.first, sum.last, 0)));
        return totals;
    }
}
