package dev.vextrus.rollout.analysis;

/**
 * What one track did for one tenant and operation in one second. Probes, smoke tests and load tests are never part of it.
 *
 * @param second   start of the window, in seconds since 1970-01-01T00:00Z
 * @param begun    distinct keys sent in the window, whether answered in it or later
 * @param requests distinct keys seen in the window: retries of one key are one request
 * @param faults   distinct keys that failed by the release's fault, at most k of them
 * @param slow     distinct keys that took longer than the objective, at most k of them
 * @param capped   whether {@code faults} or {@code slow} met the cap k, so that there may have been more
 */
public record TrafficSample(
        long second,
        Track track,
        String tenant,
        String operation,
        int begun,
        int requests,
        int faults,
        int slow,
        boolean capped) {

    /** Each is answered in the window in which it was sent. */
    public TrafficSample(
            long second,
            Track track,
            String tenant,
            String operation,
            int requests,
            int faults,
            int slow,
            boolean capped) {
        this(second, track, tenant, operation, requests, requests, faults, slow, capped);
    }

    /** @throws IllegalArgumentException if a count is negative or larger than {@code requests} */
    public TrafficSample {
        if (begun < 0 || requests < 0 || faults < 0 || slow < 0 || faults > requests || slow > requests) {
            throw new IllegalArgumentException("sample of " + tenant + " at " + second + ": " + faults + " faults and "
                    + slow + " slow of " + requests + " requests; each must lie between 0 and the requests");
        }
    }

    /** How many requests count against the release under {@code metric}. */
    public int count(Metric metric) {
        return switch (metric) {
            case FAULTS -> faults;
            case SLOW -> slow;
        };
    }
}
