package dev.vextrus.benchmarks.verdict;

/**
 * The rule of the rivals' tutorials: at every interval the failed share of the canary's requests is compared with a limit,
 * and when more checks have failed than allowed, the release is aborted. Written from their public documentation.
 *
 * <p>Argo Rollouts (analysis: {@code interval: 5m}, {@code failureLimit: 3}): aborted when more than 3 measurements failed
 * in total. Flagger ({@code interval: 1m}, {@code threshold: 5}, request success rate at least 99 %): aborted at the fifth
 * failed check, which are not forgiven. Both compare with a fixed limit, so a ratio of 1 is all that they can tolerate.
 */
final class FailedChecksRule implements Rule {
    private static final double LIMIT = 0.01;

    private final int windows;
    private final int failuresToAbort;
    private long requests;
    private long faults;
    private int failures;

    private FailedChecksRule(int intervalMinutes, int failuresToAbort) {
        this.windows = intervalMinutes * 60 / SimulatedTraffic.WINDOW_SECONDS;
        this.failuresToAbort = failuresToAbort;
    }

    static FailedChecksRule likeArgo() {
        return new FailedChecksRule(5, 4);
    }

    static FailedChecksRule likeFlagger() {
        return new FailedChecksRule(1, 5);
    }

    @Override
    public boolean abort(SimulatedTraffic traffic) {
        requests += traffic.requests(true);
        faults += traffic.rawCanary;
        if ((traffic.window + 1) % windows == 0) {
            failures += faults > LIMIT * Math.max(1, requests) ? 1 : 0;
            requests = 0;
            faults = 0;
        }
        return failures >= failuresToAbort;
    }
}
