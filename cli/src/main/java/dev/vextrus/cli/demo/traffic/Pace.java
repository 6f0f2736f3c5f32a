package dev.vextrus.cli.demo.traffic;

/**
 * How the rate of requests rises before a rollout, looked at once a second: in steps while answers come in time, back where
 * they do not. A demo should show what a release does, not what a busy machine does; so where nobody asked for a rate, it
 * goes on with what the machine carries, and says so.
 *
 * @param wanted requests a second
 * @param whatever whether to reach it however slow the answers become
 */
public record Pace(double wanted, boolean whatever) {
    private static final double FIRST_SHARE = 0.1;
    /** Above it the machine has too much to do already. */
    private static final double BUSY_MILLIS = 250;
    /** Below it there is room for more. */
    private static final double CALM_MILLIS = 120;
    /** Of a rate that is all that the machine carries, this share is left to what the rollout itself needs. */
    private static final double WITH_ROOM = 0.75;

    /** To begin with: the first requests compile what all others run through. */
    public double first() {
        return wanted * FIRST_SHARE;
    }

    /** After a second at {@code rate} whose answers' P95 was {@code p95Millis}. */
    public double next(double rate, double p95Millis) {
        if (!whatever && p95Millis > BUSY_MILLIS) {
            return Math.max(first(), rate * 0.7);
        }
        return whatever || p95Millis < CALM_MILLIS ? Math.min(wanted, rate * 1.3 + wanted * 0.05) : rate;
    }

    /** Whether another second would only show the same. */
    public boolean settled(double rate, double p95Millis) {
        return rate >= wanted
                ? whatever || p95Millis <= BUSY_MILLIS
                : p95Millis > CALM_MILLIS && p95Millis <= BUSY_MILLIS;
    }

    /** What to go on with once it has settled at {@code rate}. */
    public double kept(double rate) {
        return whatever || rate >= wanted ? wanted : Math.max(first(), rate * WITH_ROOM);
    }
}
