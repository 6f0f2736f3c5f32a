package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.plan.RollbackRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rules that people know ("error rate above 1 % for 5 minutes"), made safe: they act on the canary only where stable
 * does not show the same at the same time, with enough distinct faults, and with a one-sided bound above the threshold. As
 * plain means they would roll back most good releases at low traffic.
 */
final class PlainRules {
    /** Chance of so many faults under a rate at the threshold, below which the threshold counts as exceeded. */
    static final double SURPRISE = 0.001;

    /** As long as an answer may take, and be told: an outage that makes one release fail at once may let the other wait. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(35);

    private static final double MANY = 500;
    static final double BEYOND_P95 = 0.05;
    /** A percentile is above its bound for a window where it is so in nearly all stretches of the window. */
    private static final int STRETCHES = 5;

    private static final int STRETCHES_ABOVE = 4;

    private PlainRules() {}

    /**
     * A rule that the canary breaks.
     *
     * @param shared whether stable breaks it as well
     * @param lasting whether the canary has been watched for the rule's whole window, and was slow in nearly all of it: what
     *     stalls a process for two seconds makes a hundred slow requests at once, and is one event
     */
    record Broken(ReasonCode reason, boolean shared, boolean lasting, String message, Map<String, Double> numbers) {}

    /**
     * The first broken rule; null for none.
     *
     * @param servedSince when the canary had its first request
     * @param beside whether stable is sent requests, too
     */
    static @Nullable Broken judge(
            RecentTraffic recent, RollbackRules rules, @Nullable Instant servedSince, Instant now, boolean beside) {
        Instant errorsFrom = now.minus(rules.errorWindow());
        Instant latencyFrom = now.minus(rules.latencyWindow());
        List<RecentTraffic.Slice> slices = recent.slicesSince(errorsFrom.getEpochSecond());
        Broken errors = errors(
                beside ? answeredByStable(slices, recent.sliceSeconds(), now) : slices,
                rules,
                watchedSince(recent, servedSince, errorsFrom));
        return errors != null
                ? errors
                : latency(
                        recent.slicesSince(latencyFrom.getEpochSecond()),
                        recent.since(latencyFrom.getEpochSecond()),
                        rules,
                        watchedSince(recent, servedSince, latencyFrom),
                        latencyFrom);
    }

    private static boolean watchedSince(RecentTraffic recent, @Nullable Instant servedSince, Instant from) {
        return servedSince != null && !servedSince.isAfter(from) && recent.sinceSecond() <= from.getEpochSecond();
    }

    private static @Nullable Broken errors(List<RecentTraffic.Slice> slices, RollbackRules rules, boolean lasting) {
        Tally canary = Tally.NONE;
        for (RecentTraffic.Slice slice : slices) {
            canary = canary.plus(slice.canary());
        }
        if (canary.faults() < rules.minDistinctFaults()
                || chance(canary.faults(), canary.requests() * rules.maxErrorRate()) >= SURPRISE) {
            return null;
        }
        double stable = atTheSameTime(slices, Tally::requests, Tally::faults);
        return new Broken(
                ReasonCode.ERROR_RATE,
                stable > rules.maxErrorRate() && !twiceAsBad(canary.faults(), canary.requests(), stable),
                lasting,
                String.format(
                        Locale.ROOT,
                        "%d of %d requests failed (%.2f %%; the plan allows %.2f %%), stable at the same times %.2f %%",
                        canary.faults(),
                        canary.requests(),
                        100 * canary.errorRate(),
                        100 * rules.maxErrorRate(),
                        100 * stable),
                Map.of(
                        "canaryErrorRate",
                        canary.errorRate(),
                        "stableErrorRate",
                        stable,
                        "maxErrorRate",
                        rules.maxErrorRate(),
                        "canaryRequests",
                        (double) canary.requests(),
                        "canaryFaults",
                        (double) canary.faults()));
    }

    private static @Nullable Broken latency(
            List<RecentTraffic.Slice> slices,
            RecentTraffic.Slice sum,
            RollbackRules rules,
            boolean watched,
            Instant from) {
        double stable = sum.stable().p95Millis();
        double bound = rules.maxP95Millis();
        if (sum.stable().timed() > 0) {
            bound = Math.min(bound, Math.max(rules.p95RatioFloorMillis(), stable * rules.maxP95Ratio()));
        }
        double limit = bound;
        Tally canary = sum.canary();
        long over = canary.slowerThan(limit);
        if (over < rules.minDistinctFaults() || chance(over, canary.timed() * BEYOND_P95) >= SURPRISE) {
            return null;
        }
        double p95 = canary.p95Millis();
        double stableOver = atTheSameTime(slices, Tally::timed, t -> t.slowerThan(limit));
        return new Broken(
                ReasonCode.LATENCY,
                stableOver > BEYOND_P95 && !twiceAsBad(over, canary.timed(), stableOver),
                watched && nearlyAlways(slices, limit, from, rules),
                String.format(
                        Locale.ROOT,
                        "P95 of the last %s is %.0f ms (bound %.0f ms), stable %.0f ms",
                        Durations.say(rules.latencyWindow()),
                        p95,
                        bound,
                        stable),
                Map.of("canaryP95Millis", p95, "stableP95Millis", stable, "boundMillis", bound));
    }

    private static boolean nearlyAlways(
            List<RecentTraffic.Slice> slices, double limit, Instant from, RollbackRules rules) {
        long[] timed = new long[STRETCHES];
        long[] over = new long[STRETCHES];
        for (RecentTraffic.Slice slice : slices) {
            long since = Math.max(0, slice.start() - from.getEpochSecond());
            int at = (int) Math.min(
                    STRETCHES - 1,
                    since * STRETCHES / Math.max(1, rules.latencyWindow().toSeconds()));
            timed[at] += slice.canary().timed();
            over[at] += slice.canary().slowerThan(limit);
        }
        int above = 0;
        for (int i = 0; i < STRETCHES; i++) {
            above += over[i] > timed[i] * BEYOND_P95 ? 1 : 0;
        }
        return above >= STRETCHES_ABOVE;
    }

    /** An ill stable release is no shield for a canary that is shown to be far worse. */
    private static boolean twiceAsBad(long count, long requests, double stableRate) {
        return chance(count, 2 * stableRate * requests) < SURPRISE;
    }

    /** Without the newest slices to which stable has said nothing yet, for as long as it may take to. */
    private static List<RecentTraffic.Slice> answeredByStable(
            List<RecentTraffic.Slice> slices, long sliceSeconds, Instant now) {
        long waitsSince = now.minus(LONGEST_ANSWER).getEpochSecond();
        int end = slices.size();
        while (end > 0
                && slices.get(end - 1).stable().requests() == 0
                && slices.get(end - 1).start() + sliceSeconds > waitsSince) {
            end--;
        }
        return slices.subList(0, end);
    }

    /**
     * Stable's rate, weighed by when the canary had its requests: while the canary grows, an outage of both falls on more of
     * its requests than of stable's, and a plain mean would make it look worse. Where stable answered nothing at the time,
     * what it answered next counts: what both waited for, one may have given up sooner.
     */
    private static double atTheSameTime(
            List<RecentTraffic.Slice> slices, ToLongFunction<Tally> all, ToLongFunction<Tally> some) {
        double expected = 0;
        double weight = 0;
        double unanswered = 0;
        for (RecentTraffic.Slice slice : slices) {
            unanswered += all.applyAsLong(slice.canary());
            long stable = all.applyAsLong(slice.stable());
            if (stable > 0) {
                expected += unanswered * some.applyAsLong(slice.stable()) / stable;
                weight += unanswered;
                unanswered = 0;
            }
        }
        return weight == 0 ? 0 : expected / weight;
    }

    /** P(X >= count) of a Poisson X: an upper bound of the binomial's tail at these small rates. */
    static double chance(long count, double mean) {
        if (mean <= 0) {
            return count > 0 ? 0 : 1;
        }
        if (mean > MANY) {
            // e^-mean would vanish; the bound of a normal tail is close enough here and errs on the safe side.
            double deviations = (count - mean) / Math.sqrt(mean);
            return deviations <= 0 ? 1 : Math.exp(-deviations * deviations / 2);
        }
        double term = Math.exp(-mean);
        double below = 0;
        for (long k = 0; k < count; k++) {
            below += term;
            term *= mean / (k + 1);
        }
        return Math.max(0, 1 - below);
    }
}
