package dev.vextrus.cli.demo.traffic;

/**
 * How the rate of requests rises before a rollout, looked at once a second: in steps while the machine has room, back where
 * answers are late. A demo should show what a release does, not what a busy machine does; so where nobody asked for a rate,
 * it goes on with what the machine carries, and says so.
 *
 * @param least requests a second below which there would be too little to compare
 * @param wanted requests a second
 * @param full how much of all processors may be in use, 0 to 1: what comes on top of the traffic needs the rest
 */
public record Pace(double least, double wanted, double full) {
    private static final double FIRST_SHARE = 0.1;
    /** Above it answers are late already. */
    private static final double LATE_MILLIS = 250;
    /** Below it, and with a processor that is not full, there is room for more. */
    private static final double CALM_MILLIS = 120;

    private static final double MOST_FULL = 0.8;
    /** Where answers are late at what is less than wanted, this share of it leaves room for the rollout itself. */
    private static final double WITH_ROOM = 0.75;

    /** Where nothing else comes on top of the traffic, or it comes on other machines. */
    public static Pace rising(double least, double wanted) {
        return new Pace(least, wanted, MOST_FULL);
    }

    /** @param processorsWanted by what comes on top of the traffic, such as a second release that starts */
    public static Pace leaving(double processorsWanted, int processors, double least, double wanted) {
        return new Pace(least, wanted, Math.clamp(1 - processorsWanted / processors, 0.2, MOST_FULL));
    }

    /** A rate that is held whatever it costs. */
    public static Pace insisting(double wanted) {
        return new Pace(wanted, wanted, MOST_FULL);
    }

    /**
     * What was seen in a second.
     *
     * @param processors how much of all processors was in use, by whomever, 0 to 1
     */
    public record Look(double p95Millis, double processors) {}

    private boolean calm(Look look) {
        return look.p95Millis() < CALM_MILLIS && look.processors() < full;
    }

    /** To begin with: the first requests compile what all others run through. */
    public double first() {
        return wanted * FIRST_SHARE;
    }

    /** After a second at {@code rate}. */
    public double next(double rate, Look look) {
        double more = Math.min(wanted, rate * 1.3 + wanted * 0.05);
        if (calm(look)) {
            return more;
        }
        double held = look.p95Millis() > LATE_MILLIS ? rate * 0.7 : rate;
        return rate < least ? Math.min(least, more) : Math.max(least, held);
    }

    /** Whether further seconds would show the same. */
    public boolean settled(double rate, Look look) {
        boolean lowest = rate >= least && rate <= least * 1.01;
        boolean enough = rate >= wanted && calm(look);
        return enough || (!calm(look) && (lowest || (rate > least && look.p95Millis() <= LATE_MILLIS)));
    }

    /** What to go on with, having settled at {@code rate}. */
    public double kept(double rate, Look look) {
        if (rate >= wanted && calm(look)) {
            return wanted;
        }
        double share = look.p95Millis() < CALM_MILLIS ? full / Math.max(full, look.processors()) : WITH_ROOM;
        return Math.max(least, rate * share);
    }
}
