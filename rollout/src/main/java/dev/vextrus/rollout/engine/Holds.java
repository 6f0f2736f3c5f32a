package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.analysis.Analysis;
import dev.vextrus.rollout.analysis.Evidence;
import dev.vextrus.rollout.analysis.SampleRatio;
import dev.vextrus.rollout.engine.Stage.HoldCause;
import dev.vextrus.rollout.engine.Stage.Holding;
import dev.vextrus.rollout.engine.Stage.InPhase;
import dev.vextrus.rollout.plan.BlindRules.GoBack;
import dev.vextrus.rollout.plan.CohortRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stops the clock, without blaming the canary, while nothing can be learned: blind, in a shared outage, without traffic. */
final class Holds {
    private static final long REQUESTS_THAT_PROVE_A_ROUTE = 100;

    private Holds() {}

    /** @return whether the rollout holds, so that nothing else may move it */
    static boolean hold(Draft draft) {
        return switch (draft.state.stage()) {
            case Holding holding -> stay(draft, holding);
            case InPhase in when draft.watchedCanary() -> begin(draft, in);
            case Stage.Paused _ when draft.watchedCanary() -> blindWhilePaused(draft);
            default -> false;
        };
    }

    /** A pause stops the clock, not the care: a canary that nobody sees does not stay for ever. */
    private static boolean blindWhilePaused(Draft draft) {
        Duration blind = blindFor(draft);
        if (blind.compareTo(draft.plan.blind().maxBlind()) < 0) {
            return false;
        }
        draft.rollBack(
                ReasonCode.METRICS_MISSING,
                "paused, and nobody could see the canary at " + percent(draft) + " for " + Durations.say(blind),
                Map.of("blindSeconds", blind.toMillis() / 1000.0));
        return true;
    }

    private static boolean begin(Draft draft, InPhase in) {
        HoldCause cause = cause(draft);
        if (cause == null) {
            return false;
        }
        enter(draft, in, cause, say(cause));
        return true;
    }

    /**
     * Stable, which has no traffic, says that the same befalls it: what was counted says nothing of the canary.
     *
     * @return whether the rollout begins to hold for it
     */
    static boolean sharedOutage(Draft draft, String seen) {
        boolean begins = shared(
                draft,
                ", as its own health tells: " + seen,
                "the verdict begins anew: it had counted what an outage of both did");
        if (begins) {
            // A short one is over before stable is asked again: what it did must not be in the rules' window by then.
            draft.state = draft.state.with(draft.state.watch().calmSince(draft.now.getEpochSecond() + 1));
        }
        return begins;
    }

    /**
     * Stable is slow at the same times: what was counted says little of the canary.
     *
     * @return whether the rollout begins to hold for it
     */
    static boolean sharedSlowness(Draft draft, String seen) {
        return shared(draft, ": " + seen, "the verdict begins anew: it had counted times in which both were slow");
    }

    private static boolean shared(Draft draft, String why, String note) {
        InPhase in = switch (draft.state.stage()) {
            case InPhase inPhase -> inPhase;
            case Holding holding when holding.cause() != HoldCause.SHARED_OUTAGE -> holding.resumeTo();
            default -> null;
        };
        if (in == null) {
            return false;
        }
        judgeAnew(draft);
        enter(draft, in, HoldCause.SHARED_OUTAGE, say(HoldCause.SHARED_OUTAGE) + why);
        draft.note(note);
        return true;
    }

    private static void judgeAnew(Draft draft) {
        Watch watch = draft.state.watch();
        Analysis analysis = new Analysis(draft.plan.analysis(), watch.history());
        draft.state = draft.state.with(watch.judgedBy(analysis.begin(draft.now.getEpochSecond())));
    }

    private static void enter(Draft draft, InPhase in, HoldCause cause, String why) {
        draft.enter(new Holding(cause, draft.now, false, in), "holds at " + percent(draft) + ": " + why);
        if (cause == HoldCause.MISROUTED) {
            sendAgain(draft);
        }
        if (cause == HoldCause.SHARED_OUTAGE && draft.justRaised()) {
            backOnePhase(draft, new Holding(cause, draft.now, false, in), "it began soon after the weight rose");
        }
    }

    private static @Nullable HoldCause cause(Draft draft) {
        if (blind(draft)) {
            return HoldCause.METRICS_MISSING;
        }
        PlainRules.Broken broken = Trips.broken(draft);
        if (broken != null && broken.shared()) {
            return HoldCause.SHARED_OUTAGE;
        }
        if (misrouted(draft)) {
            return HoldCause.MISROUTED;
        }
        Instant served = lastServed(draft);
        boolean silent = served != null
                && Duration.between(served, draft.now)
                                .compareTo(draft.plan.blind().pageAfter())
                        > 0;
        return silent ? HoldCause.NO_TRAFFIC : null;
    }

    private static @Nullable Instant lastServed(Draft draft) {
        Instant served = draft.state.watch().canary().servedAt();
        Instant raised = draft.state.watch().raisedAt();
        return served == null || (raised != null && raised.isAfter(served)) ? raised : served;
    }

    /** While it holds for this, only requests that went right since the routing was sent again end it. */
    private static boolean misrouted(Draft draft) {
        Evidence evidence = draft.state.watch().evidence();
        boolean exact = draft.plan.cohorts().mode() != CohortRules.Mode.CONNECTION;
        if (!exact || evidence == null || draft.state.routing().weight() >= 1) {
            return false;
        }
        SampleRatio ratio = evidence.sampleRatio();
        boolean holds = draft.state.stage() instanceof Holding holding && holding.cause() == HoldCause.MISROUTED;
        return ratio.mismatch() || (holds && !proven(draft, evidence, ratio));
    }

    private static boolean proven(Draft draft, Evidence evidence, SampleRatio ratio) {
        long counted = draft.now.getEpochSecond() - evidence.tally().sinceSecond();
        return ratio.requests() >= REQUESTS_THAT_PROVE_A_ROUTE
                && counted >= draft.plan.blind().freshFor().toSeconds();
    }

    /** The router may have lost the order, or never had all of it: the same order again is the one thing that can mend it. */
    private static void sendAgain(Draft draft) {
        Watch watch = draft.state.watch();
        if (watch.evidence() != null) {
            draft.state =
                    draft.state.with(watch.judgedBy(watch.evidence().countingRoutesFrom(draft.now.getEpochSecond())));
        }
        draft.act(new Action.Route(draft.state.routing()));
        draft.note("the routing is sent again");
    }

    private static void misroutedStill(Draft draft, Duration held) {
        Evidence evidence = draft.state.watch().evidence();
        if (evidence == null) {
            return;
        }
        SampleRatio ratio = evidence.sampleRatio();
        if (held.compareTo(draft.plan.blind().maxBlind()) >= 0) {
            draft.rollBack(
                    ReasonCode.MISROUTED,
                    "requests have not gone where they are sent for " + Durations.say(held),
                    Map.of(
                            "requests", (double) ratio.requests(),
                            "expectedCanary", ratio.expected(),
                            "observedCanary", (double) ratio.observed(),
                            "misrouted", (double) ratio.misrouted()));
        } else if (ratio.mismatch()) {
            sendAgain(draft);
        }
    }

    /** What was compared while requests went astray compared the wrong requests: the evidence begins anew. */
    private static void goOn(Draft draft, Holding holding) {
        if (holding.cause() == HoldCause.MISROUTED) {
            judgeAnew(draft);
            draft.note("the verdict begins anew: it had compared requests that went astray");
        }
        draft.enter(holding.resumeTo(), "goes on: no longer so that " + say(holding.cause()));
    }

    private static boolean stay(Draft draft, Holding holding) {
        HoldCause cause = still(draft, holding);
        if (holding.cause() == HoldCause.SHARED_OUTAGE && cause != HoldCause.SHARED_OUTAGE) {
            draft.state = draft.state.with(draft.state.watch().calmSince(draft.now.getEpochSecond() + 1));
            judgeAnew(draft);
            PhaseRecord phase = draft.state.phaseNow();
            if (phase != null && phase.to() == null) {
                draft.replacePhase(phase.calmed());
            }
            draft.note(
                    "what was counted until the outage was over stands against neither release: the verdict begins anew");
        }
        if (cause == null) {
            goOn(draft, holding);
            return true;
        }
        Duration held = Duration.between(holding.from(), draft.now);
        Holding now = cause == holding.cause() ? holding : new Holding(cause, draft.now, false, holding.resumeTo());
        if (!now.paged() && held.compareTo(draft.plan.blind().pageAfter()) >= 0) {
            draft.tell(true, draft.plan.name() + " has held for " + Durations.say(held) + ": " + say(now.cause()));
            now = new Holding(now.cause(), now.from(), true, now.resumeTo());
        }
        draft.update(now);
        if (cause == HoldCause.METRICS_MISSING
                && held.compareTo(draft.plan.blind().maxBlind()) >= 0) {
            goBack(draft, now, held);
        } else if (cause == HoldCause.MISROUTED) {
            misroutedStill(draft, held);
        }
        return true;
    }

    private static @Nullable HoldCause still(Draft draft, Holding holding) {
        if (holding.cause() != HoldCause.SHARED_OUTAGE) {
            return draft.watchedCanary() ? cause(draft) : blind(draft) ? HoldCause.METRICS_MISSING : null;
        }
        return SharedOutage.isOver(draft, holding) || blind(draft) ? otherCause(draft) : HoldCause.SHARED_OUTAGE;
    }

    /** What else there may be to hold for, once an outage is over. */
    private static @Nullable HoldCause otherCause(Draft draft) {
        if (blind(draft)) {
            return HoldCause.METRICS_MISSING;
        }
        return draft.watchedCanary() && misrouted(draft) ? HoldCause.MISROUTED : null;
    }

    private static void goBack(Draft draft, Holding holding, Duration held) {
        if (draft.plan.blind().goBack() == GoBack.STABLE || holding.resumeTo().phase() == 0) {
            draft.rollBack(
                    ReasonCode.METRICS_MISSING,
                    "nobody could see the canary at " + percent(draft) + " for " + Durations.say(held),
                    Map.of("blindSeconds", held.toMillis() / 1000.0));
        } else {
            backOnePhase(draft, holding, "blind for " + Durations.say(held));
        }
    }

    private static void backOnePhase(Draft draft, Holding holding, String why) {
        int phase = holding.resumeTo().phase();
        draft.endPhase();
        Routed.lower(draft, phase - 1);
        draft.update(
                new Holding(holding.cause(), draft.now, holding.paged(), new Stage.Scaling(Math.max(0, phase - 1))));
        draft.note("the weight goes back to " + percent(draft) + ": " + why);
        draft.tell(true, draft.plan.name() + " goes back to " + percent(draft) + ": " + why);
    }

    private static boolean blind(Draft draft) {
        return blindFor(draft).compareTo(draft.plan.blind().maxGap()) > 0;
    }

    private static Duration blindFor(Draft draft) {
        Instant until = draft.state.watch().observedUntil();
        return until == null ? Duration.ZERO : Duration.between(until, draft.now);
    }

    static String percent(Draft draft) {
        return Math.round(draft.state.routing().weight() * 100) + " %";
    }

    static String say(HoldCause cause) {
        return switch (cause) {
            case METRICS_MISSING -> "the metrics are missing";
            case SHARED_OUTAGE -> "stable suffers alike";
            case NO_TRAFFIC -> "the canary has no requests";
            case MISROUTED -> "requests do not go where they are sent";
        };
    }
}
