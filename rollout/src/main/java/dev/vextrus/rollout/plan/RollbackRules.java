package dev.vextrus.rollout.plan;

import java.time.Duration;

/**
 * The plain rules and hard trips of SPEC R6. A plain rule acts only where stable does not show the same.
 *
 * @param maxErrorRate share of failed requests, 0 to 1, above which the canary goes back
 * @param errorWindow time over which the error rate is taken
 * @param maxP95Millis bound of the canary's 95th percentile
 * @param maxP95Ratio bound of the canary's 95th percentile over stable's
 * @param p95RatioFloorMillis a percentile below this never breaks the ratio: twice a few milliseconds harms nobody
 * @param latencyWindow time over which the percentile is taken
 * @param minDistinctFaults fewer faults than this never trip a plain rule
 * @param crashLoopRestarts exits of one instance, within the crash window, that make a crash loop
 * @param crashWindow time over which exits are counted
 * @param readinessFailures consecutive looks, 2 s apart or more, at which a once ready instance is not ready while stable is
 * @param sharedWindow an outage shared by both tracks that begins this soon after a weight change takes the weight
 *     back one phase
 */
public record RollbackRules(
        double maxErrorRate,
        Duration errorWindow,
        int maxP95Millis,
        double maxP95Ratio,
        int p95RatioFloorMillis,
        Duration latencyWindow,
        int minDistinctFaults,
        int crashLoopRestarts,
        Duration crashWindow,
        int readinessFailures,
        Duration sharedWindow) {

    public static final RollbackRules DEFAULTS = new RollbackRules(
            0.01,
            Duration.ofMinutes(5),
            500,
            2.0,
            200,
            Duration.ofMinutes(5),
            5,
            3,
            Duration.ofMinutes(10),
            3,
            Duration.ofMinutes(10));
}
