package dev.vextrus.proxy.counting;

/** A window that is still open. */
final class Window {
    /** What requests of one window share. */
    record Key(Track track, String tenant, String operation, boolean probe) {}

    private int begun;
    private int attempts;
    private int requests;
    private int faultyKeys;
    private int slowKeys;
    private int asked;
    private int clientErrors;
    private final long[] latency = new long[LatencyBuckets.COUNT];

    /** A request was sent, or is only now known to be of this window. */
    void begin() {
        begun++;
    }

    /** @param news what the request showed that its key had not shown before */
    void add(Completed request, int news) {
        attempts++;
        latency[LatencyBuckets.indexOf(request.latencyMicros())]++;
        // A known key that newly fails counts as exposure again: faults never exceed requests.
        if (news != 0) {
            requests++;
        }
        if ((news & RememberedKeys.FAULTY) != 0) {
            faultyKeys++;
        }
        if ((news & RememberedKeys.SLOW) != 0) {
            slowKeys++;
        }
    }

    /** The same request under the tenant that its token names, believed or not. */
    void addClaimed(int news) {
        asked += news != 0 ? 1 : 0;
        clientErrors += (news & RememberedKeys.CLIENT_ERROR) != 0 ? 1 : 0;
    }

    Sample close(long second, Key key, int cap) {
        return new Sample(
                second,
                key.track().color(),
                key.track().version(),
                key.tenant(),
                key.operation(),
                key.probe(),
                begun,
                attempts,
                requests,
                Math.min(cap, faultyKeys),
                Math.min(cap, slowKeys),
                faultyKeys,
                slowKeys,
                faultyKeys > cap || slowKeys > cap,
                asked,
                clientErrors,
                LatencyBuckets.sparse(latency));
    }
}
