package dev.vextrus.rollout.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Slowness that stable has as well, against what it was before the canary came: a machine with too little room for both. Then the
 * younger of the two is always the slower, so its being so says little. The rollout holds at first, and lowers the weight
 * where the slowness came with it; what comes with the weight a second time, or lasts, is the canary's all the same. Decision 60.
 *
 * @param usual stable's traffic before the canary had any
 * @param cameWithRise when slowness of both last began soon after a rise of the weight; null for never
 * @param excuses how often the rollout has held for it
 */
public record SharedSlowness(Tally usual, @Nullable Instant cameWithRise, int excuses) {
    static final SharedSlowness NONE = new SharedSlowness(Tally.NONE, null, 0);

    /** Each excuse begins the verdict anew: a canary that slows both down again and again is not let off for ever. */
    private static final int MOST_EXCUSES = 5;

    private static final long ENOUGH_TO_KNOW = 50;
    /** Stable's 95th percentile over its usual one, from which on it is slow itself. */
    private static final double RISEN = 3;
    /** A canary that is slower than stable by more answers for itself. */
    private static final double FAR_WORSE = 5;

    /** At the least, however compressed the plan is: a machine does not get well faster. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    SharedSlowness plus(Tally stableBefore) {
        return new SharedSlowness(usual.plus(stableBefore), cameWithRise, excuses);
    }

    /** Whether the canary is not to be blamed for being slow, for now. */
    static boolean excuses(Draft draft) {
        if (both(draft).isEmpty()) {
            return false;
        }
        SharedSlowness before = draft.state.watch().slowness();
        return switch (draft.state.stage()) {
            case Stage.Holding holding
            when holding.cause() == Stage.HoldCause.SHARED_OUTAGE ->
                Duration.between(holding.from(), draft.now).compareTo(patience(draft)) < 0;
            case Stage.Holding _, Stage.InPhase _ ->
                before.excuses() < MOST_EXCUSES && !(draft.justRaised() && before.cameWithRise() != null);
            default -> false;
        };
    }

    /** @return whether the rollout begins to hold for it */
    static boolean hold(Draft draft, String seen) {
        SharedSlowness before = draft.state.watch().slowness();
        boolean begins = Holds.sharedSlowness(draft, seen + also(draft));
        if (begins) {
            Instant came = draft.justRaised() ? draft.now : before.cameWithRise();
            draft.state = draft.state.with(
                    draft.state.watch().with(new SharedSlowness(before.usual(), came, before.excuses() + 1)));
        }
        return begins;
    }

    /** What is to be added to an accusation where stable is slow as well; else nothing. */
    static String also(Draft draft) {
        OptionalDouble stable = both(draft);
        return stable.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; stable is slow at the same times: P95 %.0f ms, and %.0f ms before the canary came",
                        stable.getAsDouble(),
                        draft.state.watch().slowness().usual().p95Millis());
    }

    /** Stable's 95th percentile in the slices in which the canary is slow; empty where it is not slow in most of them, or far less. */
    private static OptionalDouble both(Draft draft) {
        Tally usual = draft.state.watch().slowness().usual();
        if (usual.timed() < ENOUGH_TO_KNOW) {
            return OptionalDouble.empty();
        }
        double limit = Math.max(draft.plan.rollback().p95RatioFloorMillis(), RISEN * usual.p95Millis());
        Instant from = draft.now.minus(draft.plan.rollback().latencyWindow());
        List<RecentTraffic.Slice> slow = draft.state.watch().recent().slicesSince(from.getEpochSecond()).stream()
                .filter(slice -> above(slice.canary(), limit))
                .toList();
        long together =
                slow.stream().filter(slice -> above(slice.stable(), limit)).count();
        if (2 * together <= slow.size()) {
            return OptionalDouble.empty();
        }
        Tally stable = slow.stream().map(RecentTraffic.Slice::stable).reduce(Tally.NONE, Tally::plus);
        Tally canary = slow.stream().map(RecentTraffic.Slice::canary).reduce(Tally.NONE, Tally::plus);
        boolean farWorse = canary.p95Millis() > FAR_WORSE * stable.p95Millis();
        return farWorse ? OptionalDouble.empty() : OptionalDouble.of(stable.p95Millis());
    }

    private static boolean above(Tally tally, double limit) {
        return tally.slowerThan(limit) > tally.timed() * PlainRules.BEYOND_P95;
    }

    private static Duration patience(Draft draft) {
        Duration window = draft.plan.rollback().sharedWindow();
        return window.compareTo(PATIENCE) < 0 ? PATIENCE : window;
    }
}
