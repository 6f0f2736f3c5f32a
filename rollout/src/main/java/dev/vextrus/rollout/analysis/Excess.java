package dev.vextrus.rollout.analysis;

/**
 * The newest stretch of time in which the canary's count is above what is tolerated: the numbers that a verdict is told with,
 * and must be true of. It begins anew whenever the canary is level again, so that it holds the harm and not the good hours
 * before it (as Page's cumulative sum does, Biometrika 1954).
 *
 * @param sinceSecond where it begins
 * @param over        the canary's count beyond r0 times what was expected, in requests; 0 while the canary is level
 */
public record Excess(
        long sinceSecond, double over, long canaryRequests, long canaryCount, long stableRequests, long stableCount) {

    static Excess none(long second) {
        return new Excess(second, 0, 0, 0, 0, 0);
    }

    /** @param tolerated r0 times the canary's count were it like stable */
    Excess plus(Window window, long canary, long stable, double tolerated) {
        double now = over + canary - tolerated;
        return now <= 0
                ? none(window.second() + window.seconds())
                : new Excess(
                        sinceSecond,
                        now,
                        canaryRequests + window.canaryRequests(),
                        canaryCount + canary,
                        stableRequests + window.stableRequests(),
                        stableCount + stable);
    }

    /** Whether the canary's part of its requests is above {@code ratio} times stable's, counted plainly. */
    boolean shows(double ratio) {
        boolean above = (double) canaryCount * stableRequests > ratio * stableCount * canaryRequests;
        return over > 0 && (above || stableRequests == 0);
    }
}
