package dev.vextrus.cli.demo.traffic;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Recorder;

/** What the callers themselves saw, per release that answered. */
public final class Tally {
    private static final long HIGHEST_MICROS = 60_000_000;

    private final Map<String, Track> tracks = new ConcurrentHashMap<>();
    private final long begunNanos = System.nanoTime();
    private final Instant begun;
    private final Recorder recent = new Recorder(HIGHEST_MICROS, 2);
    private final LongAdder dropped = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicReference<String> firstRefusal = new AtomicReference<>("");

    /** @param begun now */
    public Tally(Instant begun) {
        this.begun = begun;
    }

    private static final class Track {
        private final LongAdder requests = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final AtomicLong lastNanos = new AtomicLong(Long.MIN_VALUE);
        private final ConcurrentHistogram micros = new ConcurrentHistogram(HIGHEST_MICROS, 2);
    }

    /**
     * What one release's callers saw.
     *
     * @param failed requests answered with a fault
     * @param p95Millis measured from when each request was due, so a stall counts for all who waited
     */
    public record View(long requests, long failed, double p95Millis) {}

    /** An answer of {@code release}, {@code latencyNanos} after the request was due. */
    public void answered(String release, boolean failed, long latencyNanos) {
        Track track = tracks.computeIfAbsent(release, name -> new Track());
        track.requests.increment();
        if (failed) {
            track.failed.increment();
        }
        long micros = Math.clamp(latencyNanos / 1000, 1, HIGHEST_MICROS);
        track.micros.recordValue(micros);
        track.lastNanos.accumulateAndGet(System.nanoTime() - begunNanos, Math::max);
        recent.recordValue(micros);
    }

    /** Of the answers since it was asked last, from all releases; 0 where there were none. */
    double takeRecentP95Millis() {
        return recent.getIntervalHistogram().getValueAtPercentile(95) / 1000.0;
    }

    /** A request whose connection ended without an answer. */
    public void droppedConnection() {
        dropped.increment();
    }

    /** An answer that said no for a rule of the business or a mistake of ours: not a fault. The first is kept to be read. */
    public void refusal(String what) {
        refused.increment();
        firstRefusal.compareAndSet("", what);
    }

    public long dropped() {
        return dropped.sum();
    }

    public long refused() {
        return refused.sum();
    }

    /** What the first refusal said; empty where there was none. */
    public String firstRefusal() {
        return firstRefusal.get();
    }

    /** When {@code release} answered last; empty where it never did. */
    public Optional<Instant> lastAnswer(String release) {
        return Optional.ofNullable(tracks.get(release)).map(track -> begun.plusNanos(track.lastNanos.get()));
    }

    /** By release, in order of version. */
    public Map<String, View> tracks() {
        Map<String, View> views = new TreeMap<>();
        tracks.forEach((release, track) -> views.put(
                release,
                new View(track.requests.sum(), track.failed.sum(), track.micros.getValueAtPercentile(95) / 1000.0)));
        return views;
    }
}
