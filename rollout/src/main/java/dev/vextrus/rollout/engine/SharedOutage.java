package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.engine.Stage.Holding;
import dev.vextrus.rollout.observation.TargetView;
import java.time.Duration;

/**
 * When an outage of both releases is over. Not once it has left the rules' window: there its end stays longest, and one of
 * the two is always the last to recover. What is counted until then stands against neither.
 */
final class SharedOutage {
    private static final int CALM_PART = 5;
    private static final Duration SHORTEST_CALM = Duration.ofSeconds(5);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private SharedOutage() {}

    /** Whether the canary, or stable where the canary has no traffic, has been well for a while. */
    static boolean isOver(Draft draft, Holding holding) {
        Duration calm = draft.plan.rollback().errorWindow().dividedBy(CALM_PART);
        Duration shortest = calm.compareTo(SHORTEST_CALM) < 0 ? SHORTEST_CALM : calm;
        RecentTraffic.Slice last =
                draft.state.watch().recent().since(draft.now.minus(shortest).getEpochSecond());
        return draft.watchedCanary()
                ? well(draft, last.canary())
                : well(draft, last.stable()) && hasAnswered(draft, holding);
    }

    private static boolean well(Draft draft, Tally tally) {
        return tally.requests() > 0
                && tally.errorRate() <= draft.plan.rollback().maxErrorRate()
                && tally.p95Millis() <= draft.plan.rollback().maxP95Millis();
    }

    /** What the canary was asked before its weight went away is part of the outage, however late it fails. */
    private static boolean hasAnswered(Draft draft, Holding holding) {
        TargetView target = draft.seen.target();
        boolean late = Duration.between(holding.from(), draft.now).compareTo(LONGEST_ANSWER) >= 0;
        return late
                || (target != null
                        && target.inFlight().getOrDefault(draft.state.roles().canary(), 0) == 0);
    }
}
