package dev.vextrus.rolloutkubernetes.metrics;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TenantWindow;
import dev.vextrus.rollout.observation.TrackWindow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One second as several proxies counted it. */
final class MergedSecond {
    /** As many faults of a tenant and operation count in a second, whichever proxies they came through. */
    private static final long FAULT_CAP = 2;

    private final Map<Who, TenantWindow> tenants = new LinkedHashMap<>();
    private final Map<Color, TrackWindow> tracks = new EnumMap<>(Color.class);

    private record Who(Color color, String tenant, String operation) {}

    void add(TenantWindow window) {
        tenants.merge(new Who(window.color(), window.tenant(), window.operation()), window, MergedSecond::sum);
    }

    private static TenantWindow sum(TenantWindow a, TenantWindow b) {
        long faults = a.faults() + b.faults();
        long slow = a.slow() + b.slow();
        return new TenantWindow(
                a.second(),
                a.color(),
                a.tenant(),
                a.operation(),
                a.begun() + b.begun(),
                a.keys() + b.keys(),
                Math.min(faults, FAULT_CAP),
                Math.min(slow, FAULT_CAP),
                a.capped() || b.capped() || faults > FAULT_CAP || slow > FAULT_CAP,
                sum(a.mistakes(), b.mistakes()));
    }

    /** Told by one proxy of two, it is told of a part only. */
    private static TenantWindow.@Nullable Mistakes sum(
            TenantWindow.@Nullable Mistakes a, TenantWindow.@Nullable Mistakes b) {
        return a == null || b == null ? null : a.plus(b);
    }

    void add(TrackWindow window) {
        tracks.merge(window.color(), window, MergedSecond::sum);
    }

    private static TrackWindow sum(TrackWindow a, TrackWindow b) {
        Map<Double, Long> latency = new TreeMap<>();
        for (TrackWindow window : List.of(a, b)) {
            window.latency().forEach(bucket -> latency.merge(bucket.upToMillis(), bucket.count(), Long::sum));
        }
        List<TrackWindow.LatencyBucket> buckets = new ArrayList<>();
        latency.forEach((bound, count) -> buckets.add(new TrackWindow.LatencyBucket(bound, count)));
        return new TrackWindow(
                a.second(), a.color(), a.keys() + b.keys(), a.faults() + b.faults(), a.slow() + b.slow(), buckets);
    }

    /** @param at the second under which it is told */
    void tell(long at, List<TenantWindow> toTenants, List<TrackWindow> toTracks) {
        for (TenantWindow w : tenants.values()) {
            toTenants.add(new TenantWindow(
                    at,
                    w.color(),
                    w.tenant(),
                    w.operation(),
                    w.begun(),
                    w.keys(),
                    w.faults(),
                    w.slow(),
                    w.capped(),
                    w.mistakes()));
        }
        for (TrackWindow w : tracks.values()) {
            toTracks.add(new TrackWindow(at, w.color(), w.keys(), w.faults(), w.slow(), w.latency()));
        }
    }
}
