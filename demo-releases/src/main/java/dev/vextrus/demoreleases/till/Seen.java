package dev.vextrus.demoreleases.till;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** What the callers saw, per release that answered. */
final class Seen {
    private static final int HIGHEST_MILLIS = 10_000;

    private final LongSupplier millis;
    private final Map<String, Track> tracks = new TreeMap<>();
    private long dropped;
    private String why = "";

    Seen(LongSupplier millis) {
        this.millis = millis;
    }

    private static final class Track {
        private final int[] latencies = new int[HIGHEST_MILLIS + 1];
        private final long first;
        private long requests;
        private long failed;
        private long last;

        private Track(long first) {
            this.first = first;
        }

        private int p95Millis() {
            long below = 0;
            for (int i = 0; i < latencies.length; i++) {
                below += latencies[i];
                if (below * 100 >= requests * 95) {
                    return i;
                }
            }
            return HIGHEST_MILLIS;
        }

        private String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"requests\":%d,\"failed\":%d,\"p95Millis\":%d,\"firstMillis\":%d,\"lastMillis\":%d}",
                    requests,
                    failed,
                    p95Millis(),
                    first,
                    last);
        }
    }

    synchronized void answered(String release, boolean fault, long latencyNanos) {
        long now = millis.getAsLong();
        Track track = tracks.computeIfAbsent(release, name -> new Track(now));
        track.requests++;
        track.failed += fault ? 1 : 0;
        track.last = now;
        track.latencies[Math.clamp(TimeUnit.NANOSECONDS.toMillis(latencyNanos), 0, HIGHEST_MILLIS)]++;
    }

    /** A request that no release answered. */
    synchronized void dropped(String reason) {
        dropped++;
        why = reason;
    }

    synchronized void forget() {
        tracks.clear();
        dropped = 0;
        why = "";
    }

    /** With the time of this clock, so that another's can be set against it. */
    synchronized String json() {
        return String.format(
                Locale.ROOT,
                "{\"now\":%d,\"dropped\":%d,\"why\":\"%s\",\"releases\":{%s}}",
                millis.getAsLong(),
                dropped,
                why.replaceAll("[^ -~]|[\"\\\\]", "?"),
                tracks.entrySet().stream()
                        .map(track ->
                                "\"" + track.getKey() + "\":" + track.getValue().json())
                        .collect(Collectors.joining(",")));
    }
}
