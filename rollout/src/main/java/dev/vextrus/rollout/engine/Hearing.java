package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.engine.Stage.InPhase;
import dev.vextrus.rollout.observation.Answer;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.HealthReport;
import dev.vextrus.rollout.observation.TargetView;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Hears stable as the witness of an outage where it has no traffic, before the canary is blamed. */
final class Hearing {
    /** For so long an accusation waits for a witness who does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** What was asked during an outage may fail as late as this. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private Hearing() {}

    /** What the witness says to an accusation. */
    enum Says {
        /** Stable cannot reach what it leans on either. */
        SHARED,
        /** It was asked and has not answered yet. */
        AWAITED,
        /** It is well, or cannot say: the canary answers for itself. */
        NOTHING
    }

    /** Asks stable, so that its answer is there when it is wanted. */
    static void ask(Draft draft) {
        boolean moves = draft.state.stage() instanceof InPhase
                || draft.state.stage() instanceof Stage.Holding
                || draft.state.stage() instanceof Stage.Paused;
        if (moves && nobodyBeside(draft)) {
            draft.look(new Look.Health(draft.state.roles().stable()));
        }
    }

    static void absorb(Draft draft, Color color, Answer<HealthReport> answer) {
        if (color != draft.state.roles().stable()) {
            return;
        }
        Witness witness = draft.state.checks().witness();
        Witness next = switch (answer) {
            case Answer.Offered<HealthReport>(HealthReport report) ->
                witness.heard(draft.now, true, !report.down().isEmpty());
            // Silence may well be the outage itself, so it is waited for as long as an accusation can.
            case Answer.Unavailable<HealthReport> _ -> witness;
            case Answer.NotOffered<HealthReport> _, Answer.Absent<HealthReport> _ ->
                witness.heard(draft.now, false, false);
        };
        draft.state = draft.state.with(draft.state.checks().with(next));
        boolean holds = draft.state.stage() instanceof Stage.Holding holding
                && holding.cause() == Stage.HoldCause.SHARED_OUTAGE;
        if (holds && draft.now.equals(next.downAt())) {
            // What fails while stable is down as well is not counted, however long the outage lasts.
            draft.state = draft.state.with(draft.state.watch().calmSince(draft.now.getEpochSecond() + 1));
        }
    }

    static Says of(Draft draft) {
        if (!nobodyBeside(draft)) {
            return Says.NOTHING;
        }
        Witness witness = draft.state.checks().witness();
        if (within(witness.downAt(), LONGEST_ANSWER, draft.now)) {
            accuse(draft, null);
            return Says.SHARED;
        }
        Instant accused = witness.accusedAt() == null ? draft.now : witness.accusedAt();
        accuse(draft, accused);
        boolean mute = witness.heardAt() != null && !witness.offers();
        boolean heard = witness.heardAt() != null && witness.heardAt().isAfter(accused);
        return mute || heard || !within(accused, PATIENCE, draft.now) ? Says.NOTHING : Says.AWAITED;
    }

    /** Nobody accuses the canary any more. */
    static void dismiss(Draft draft) {
        if (draft.state.checks().witness().accusedAt() != null) {
            accuse(draft, null);
        }
    }

    private static void accuse(Draft draft, @Nullable Instant since) {
        Checks checks = draft.state.checks();
        draft.state = draft.state.with(checks.with(checks.witness().accused(since)));
    }

    private static boolean within(@Nullable Instant then, Duration time, Instant now) {
        return then != null && Duration.between(then, now).compareTo(time) <= 0;
    }

    /** Without instances of its own, stable has nothing to say either. */
    private static boolean nobodyBeside(Draft draft) {
        TargetView target = draft.seen.target();
        return draft.state.routing().weight() >= 1
                && target != null
                && !target.of(draft.state.roles().stable()).isEmpty();
    }
}
