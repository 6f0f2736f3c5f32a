package dev.vextrus.rolloutkubernetes.metrics;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TrackTotals;
import dev.vextrus.rollout.observation.TrafficBatch;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rollout.port.Metrics;
import dev.vextrus.rollout.port.MetricsUnavailable;
import dev.vextrus.rolloutkubernetes.pods.ManagementCalls;
import dev.vextrus.rolloutkubernetes.pods.PodCalls;
import dev.vextrus.rolloutkubernetes.pods.PodReading;
import dev.vextrus.rolloutkubernetes.workload.MetricsChoice;
import dev.vextrus.rolloutkubernetes.workload.Standing;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The releases' own counters, read from every pod; {@link #scrape} wants to be called each second. What a pod counted
 * between the last reading and its death is lost with it: the target tells the crash itself.
 */
public final class PodMetrics implements Metrics {
    private static final Duration AT_MOST = Duration.ofSeconds(2);
    private static final long BLIND_AFTER_SECONDS = 10;

    private final PodCalls calls;
    private final MetricsChoice.FromPods choice;
    private final InstantSource clock;
    private final CountedWindows windows;
    private final Map<String, Counters> known = new HashMap<>();
    private final long since;
    private long completeAt;
    private String trouble = "no pod has been read yet";

    public PodMetrics(PodCalls calls, MetricsChoice.FromPods choice, InstantSource clock) {
        this.calls = calls;
        this.choice = choice;
        this.clock = clock;
        this.since = clock.instant().getEpochSecond();
        this.windows = new CountedWindows(since);
        this.completeAt = since;
    }

    private record Read(Color color, Pod pod, Counters counters, int slowMillis) {}

    /** Reads every pod once, side by side. */
    public void scrape(Standing standing) {
        List<Callable<Read>> asks = new ArrayList<>();
        for (Color color : Color.values()) {
            standing.ordered(color)
                    .ifPresent(release -> standing.template(color)
                            .ifPresent(template -> standing.running(color)
                                    .forEach(pod -> port(pod, template)
                                            .ifPresent(port -> asks.add(() -> read(color, pod, port, release))))));
        }
        List<Read> reads = new ArrayList<>();
        boolean complete = true;
        try (ExecutorService side = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Read> read : side.invokeAll(asks)) {
                try {
                    reads.add(read.get());
                } catch (ExecutionException silent) {
                    trouble = String.valueOf(silent.getMessage());
                    complete &= !(silent.getCause() instanceof ReadyButSilent);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return;
        }
        take(reads, complete && !reads.isEmpty());
    }

    private OptionalInt port(Pod pod, RunSpec.PodTemplate template) {
        return choice.port() == null
                ? ManagementCalls.port(pod, template)
                : PodReading.port(pod, template.container(), choice.port());
    }

    private static final class ReadyButSilent extends IOException {
        private static final long serialVersionUID = 1;

        ReadyButSilent(String message) {
            super(message);
        }
    }

    /** A pod that is not ready serves nobody, so its silence hides nothing. */
    private Read read(Color color, Pod pod, int port, ReleaseSpec release) throws IOException {
        try {
            PodCalls.Reply reply = calls.get(pod, port, choice.path(), AT_MOST);
            if (reply.status() == 200) {
                return new Read(color, pod, CounterText.read(reply.body()), release.slowMillis());
            }
            throw new IOException("status " + reply.status());
        } catch (IOException | IllegalArgumentException silence) {
            String message = "pod " + PodReading.name(pod) + " does not tell its counters at " + choice.path() + ": "
                    + silence.getMessage();
            throw PodReading.ready(pod) ? new ReadyButSilent(message) : new IOException(message, silence);
        }
    }

    private synchronized void take(List<Read> reads, boolean complete) {
        long now = clock.instant().getEpochSecond();
        for (Read read : reads) {
            String uid = read.pod().getMetadata().getUid();
            Counters before = known.put(uid, read.counters());
            boolean young = PodReading.startedAt(read.pod()).getEpochSecond() >= since;
            if (before != null || young) {
                Counters grown = read.counters().since(before == null ? Counters.NONE : before);
                windows.add(now, read.color(), grown, read.slowMillis());
            }
        }
        windows.close(now - 1);
        if (complete) {
            completeAt = now;
        }
    }

    @Override
    public synchronized TrafficBatch after(long after) {
        requireSight();
        return windows.after(after);
    }

    @Override
    public synchronized Map<Color, TrackTotals> totals() {
        requireSight();
        return windows.totals();
    }

    @Override
    public synchronized Map<String, Long> requestsByTenant() {
        requireSight();
        return Map.of();
    }

    private void requireSight() {
        long silent = clock.instant().getEpochSecond() - completeAt;
        if (silent > BLIND_AFTER_SECONDS) {
            throw new MetricsUnavailable("no complete reading for " + silent + " s: " + trouble, null);
        }
    }
}
