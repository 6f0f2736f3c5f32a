package dev.vextrus.proxy.counting;

import java.util.Map;
import java.util.TreeMap;

/** The running totals of one track. */
final class Totals {
    private long requests;
    private long faults;
    private long harmedKeys;
    private long slow;
    private long probes;
    private long inFlight;
    private long clientGone;
    private long dropped;
    private long refused;
    private long firstMillis;
    private long lastMillis;
    private long latencySumMicros;
    private final Map<Integer, Long> codes = new TreeMap<>();
    private final long[] latency = new long[LatencyBuckets.COUNT];

    void started(boolean probe, long epochMillis) {
        inFlight++;
        if (!probe) {
            firstMillis = firstMillis == 0 ? epochMillis : firstMillis;
            lastMillis = Math.max(lastMillis, epochMillis);
        }
    }

    void refusedConnection() {
        refused++;
    }

    void ended(Completed request, int news) {
        inFlight--;
        dropped += request.dropped() ? 1 : 0;
        if (request.probe()) {
            probes++;
            return;
        }
        clientGone += request.ending() == Ending.CLIENT_GONE ? 1 : 0;
        requests++;
        faults += request.faulty() ? 1 : 0;
        harmedKeys += (news & RememberedKeys.FAULTY) != 0 ? 1 : 0;
        slow += request.slow() ? 1 : 0;
        latencySumMicros += request.latencyMicros();
        latency[LatencyBuckets.indexOf(request.latencyMicros())]++;
        if (request.status() > 0) {
            codes.merge(request.status(), 1L, Long::sum);
        }
    }

    ColorTotals snapshot(String version) {
        return new ColorTotals(
                version,
                requests,
                faults,
                harmedKeys,
                slow,
                probes,
                inFlight,
                clientGone,
                dropped,
                refused,
                firstMillis,
                lastMillis,
                latencySumMicros,
                new TreeMap<>(codes),
                LatencyBuckets.sparse(latency));
    }

    long lastMillis() {
        return lastMillis;
    }

    long inFlight() {
        return inFlight;
    }
}
