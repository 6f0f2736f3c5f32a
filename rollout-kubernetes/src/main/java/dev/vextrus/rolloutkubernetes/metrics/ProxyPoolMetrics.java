package dev.vextrus.rolloutkubernetes.metrics;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TenantWindow;
import dev.vextrus.rollout.observation.TrackTotals;
import dev.vextrus.rollout.observation.TrackWindow;
import dev.vextrus.rollout.observation.TrafficBatch;
import dev.vextrus.rollout.port.Metrics;
import dev.vextrus.rollout.port.MetricsUnavailable;
import dev.vextrus.rollout.proxyapi.ProxyMetrics;
import dev.vextrus.rolloutkubernetes.traffic.ProxyPods;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The counts of all proxies of a workload as one. Each proxy keeps its windows for 15 minutes under a cursor of its own;
 * here the cursor is the second itself, so that any controller goes on from it.
 */
public final class ProxyPoolMetrics implements Metrics {
    /** A proxy closes its window within the second; the rest is for clocks that differ. */
    private static final long SETTLED_SECONDS = 3;

    private static final long KEPT_SECONDS = 15 * 60;

    private final Supplier<List<ProxyPods.Proxy>> proxies;
    private final InstantSource clock;
    private final Map<String, Long> cursors = new HashMap<>();
    private final TreeMap<Long, MergedSecond> seconds = new TreeMap<>();
    private long closed;
    private boolean lost;

    /** @param proxies that run now */
    public ProxyPoolMetrics(Supplier<List<ProxyPods.Proxy>> proxies, InstantSource clock) {
        this.proxies = proxies;
        this.clock = clock;
    }

    @Override
    public synchronized TrafficBatch after(long after) {
        for (ProxyPods.Proxy proxy : running()) {
            TrafficBatch batch;
            try {
                batch = new ProxyMetrics(proxy.control()).after(cursors.getOrDefault(proxy.uid(), 0L));
            } catch (MetricsUnavailable silence) {
                if (proxy.ready()) {
                    throw silence;
                }
                continue; // it takes no requests
            }
            lost |= !batch.complete();
            cursors.put(proxy.uid(), batch.next());
            batch.tenants().forEach(window -> second(window.second()).add(window));
            batch.tracks().forEach(window -> second(window.second()).add(window));
        }
        closed = Math.max(closed, clock.instant().getEpochSecond() - SETTLED_SECONDS);
        seconds.headMap(closed - KEPT_SECONDS).clear();
        List<TenantWindow> tenants = new ArrayList<>();
        List<TrackWindow> tracks = new ArrayList<>();
        if (after < closed) {
            seconds.subMap(after, false, closed, true).forEach((at, merged) -> merged.tell(at, tenants, tracks));
        }
        boolean complete = !lost && (after == 0 || after >= closed - KEPT_SECONDS);
        lost = false;
        return new TrafficBatch(Math.max(after, closed), complete, tenants, tracks);
    }

    /** What comes late belongs to the next second that is told, so that nothing is lost and nothing told twice. */
    private MergedSecond second(long at) {
        return seconds.computeIfAbsent(Math.max(at, closed + 1), any -> new MergedSecond());
    }

    @Override
    public synchronized Map<Color, TrackTotals> totals() {
        Map<Color, TrackTotals> sums = new EnumMap<>(Color.class);
        for (ProxyPods.Proxy proxy : running()) {
            if (proxy.ready()) {
                new ProxyMetrics(proxy.control())
                        .totals()
                        .forEach((color, totals) -> sums.merge(color, totals, ProxyPoolMetrics::sum));
            }
        }
        return sums;
    }

    /** The slower of the two percentiles, which the whole's does not exceed. */
    private static TrackTotals sum(TrackTotals a, TrackTotals b) {
        return new TrackTotals(
                a.requests() + b.requests(),
                a.failed() + b.failed(),
                Math.max(a.p95Millis(), b.p95Millis()),
                earlier(a.first(), b.first()),
                later(a.last(), b.last()),
                a.dropped() + b.dropped());
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isBefore(a)) ? b : a;
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isAfter(a)) ? b : a;
    }

    @Override
    public synchronized Map<String, Long> requestsByTenant() {
        Map<String, Long> sums = new TreeMap<>();
        for (ProxyPods.Proxy proxy : running()) {
            if (proxy.ready()) {
                new ProxyMetrics(proxy.control())
                        .requestsByTenant()
                        .forEach((tenant, requests) -> sums.merge(tenant, requests, Long::sum));
            }
        }
        return sums;
    }

    private List<ProxyPods.Proxy> running() {
        try {
            List<ProxyPods.Proxy> running = proxies.get();
            if (running.stream().noneMatch(ProxyPods.Proxy::ready)) {
                throw new MetricsUnavailable("no proxy is ready", null);
            }
            return running;
        } catch (KubernetesClientException silence) {
            throw new MetricsUnavailable("the proxies are unknown: " + silence.getMessage(), silence);
        }
    }
}
