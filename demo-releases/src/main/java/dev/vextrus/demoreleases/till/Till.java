package dev.vextrus.demoreleases.till;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** What a till answers, and what it counts; without any network, so that it can be tried. */
final class Till {
    private static final int FAILING_PERCENT = 20;
    private static final int SLOW_MILLIS = 600;
    private static final long CRASH_AFTER_NANOS = 3_000_000_000L;
    private static final double[] BOUNDS = {0.05, 0.3, 1, 5};

    private final String version;
    private final String color;
    private final Mishap mishap;
    private final LongSupplier nanos;
    private final IntSupplier percent;
    private final long[] buckets = new long[BOUNDS.length];
    private long ok;
    private long failed;
    private double seconds;
    private final AtomicLong firstNanos = new AtomicLong(Long.MIN_VALUE);
    private volatile boolean draining;
    private volatile int outagePercent;
    private volatile long outageUntil = Long.MIN_VALUE;
    private volatile long silentUntil = Long.MIN_VALUE;

    /** @param percent draws 0 to 99 */
    Till(String version, String color, Mishap mishap, LongSupplier nanos, IntSupplier percent) {
        this.version = version;
        this.color = color;
        this.mishap = mishap;
        this.nanos = nanos;
        this.percent = percent;
    }

    String version() {
        return version;
    }

    String color() {
        return color;
    }

    /** Whether the next request is answered with a fault. */
    boolean fails() {
        firstNanos.compareAndSet(Long.MIN_VALUE, nanos.getAsLong());
        int ownShare = mishap == Mishap.ERRORS ? FAILING_PERCENT : 0;
        int share = nanos.getAsLong() < outageUntil ? Math.max(outagePercent, ownShare) : ownShare;
        return percent.getAsInt() < share;
    }

    /** How long the next request is kept waiting. */
    int waitMillis() {
        return mishap == Mishap.SLOW ? SLOW_MILLIS : 0;
    }

    /** Whether the time to die has come. */
    boolean dies() {
        long first = firstNanos.get();
        return mishap == Mishap.CRASH_LATER && first != Long.MIN_VALUE && nanos.getAsLong() - first > CRASH_AFTER_NANOS;
    }

    boolean ready() {
        return !draining && mishap != Mishap.NEVER_READY;
    }

    boolean draining() {
        return draining;
    }

    void drain() {
        draining = true;
    }

    /** From outside, as where a shared database is down: so many of a hundred requests fail for a while. */
    void outage(int ofHundred, long forSeconds) {
        outagePercent = ofHundred;
        outageUntil = nanos.getAsLong() + forSeconds * 1_000_000_000L;
    }

    /** Tells no counters for a while. */
    void silence(long forSeconds) {
        silentUntil = nanos.getAsLong() + forSeconds * 1_000_000_000L;
    }

    boolean silent() {
        return nanos.getAsLong() < silentUntil;
    }

    synchronized void count(boolean fault, double tookSeconds) {
        if (fault) {
            failed++;
        } else {
            ok++;
        }
        seconds += tookSeconds;
        for (int i = 0; i < BOUNDS.length; i++) {
            if (tookSeconds <= BOUNDS[i]) {
                buckets[i]++;
            }
        }
    }

    /** The counters in Prometheus' text format. */
    synchronized String metrics() {
        String labels = "color=\"" + color + "\",version=\"" + version + "\"";
        StringBuilder text = new StringBuilder("# TYPE http_requests_total counter\n");
        line(text, "http_requests_total{" + labels + ",code=\"200\"}", Long.toString(ok));
        line(text, "http_requests_total{" + labels + ",code=\"500\"}", Long.toString(failed));
        text.append("# TYPE http_request_duration_seconds histogram\n");
        for (int i = 0; i < BOUNDS.length; i++) {
            String bound = BOUNDS[i] < 1 ? Double.toString(BOUNDS[i]) : Long.toString((long) BOUNDS[i]);
            line(text, bucket(labels, bound), Long.toString(buckets[i]));
        }
        line(text, bucket(labels, "+Inf"), Long.toString(ok + failed));
        line(text, "http_request_duration_seconds_sum{" + labels + "}", String.format(Locale.ROOT, "%.6f", seconds));
        line(text, "http_request_duration_seconds_count{" + labels + "}", Long.toString(ok + failed));
        return text.toString();
    }

    private static String bucket(String labels, String bound) {
        return "http_request_duration_seconds_bucket{" + labels + ",le=\"" + bound + "\"}";
    }

    private static void line(StringBuilder text, String series, String value) {
        text.append(series).append(' ').append(value).append('\n');
    }
}
