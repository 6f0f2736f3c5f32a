package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.observation.Answer;
import dev.vextrus.rollout.observation.Color;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the releases answer what their gates ask.
 *
 * @param stable whether stable has ever answered anything of the contract
 * @param canary whether the canary has
 * @param movedAt when an answer last told something new; null before the first
 * @param paged whether a person was called for their silence
 */
public record Contact(
        boolean stable, boolean canary, @Nullable Instant movedAt, boolean paged) {
    static final Contact NONE = new Contact(false, false, null, false);

    Contact paging() {
        return new Contact(stable, canary, movedAt, true);
    }

    Contact moved(Instant now) {
        return new Contact(stable, canary, now, false);
    }

    /**
     * Takes in an answer. Where nobody listens, a release of which nothing was ever heard offers no contract, once it had
     * its time to; but a canary that is silent where stable speaks has lost it, and is waited for.
     */
    static <T> Answer<T> heard(Draft draft, Color color, Answer<T> answer) {
        Checks checks = draft.state.checks();
        Contact contact = checks.contact();
        boolean ofStable = color == draft.state.roles().stable();
        return switch (answer) {
            case Answer.Offered<T> _ -> {
                draft.state = draft.state.with(checks.with(new Contact(
                        contact.stable || ofStable, contact.canary || !ofStable, contact.movedAt, contact.paged)));
                yield answer;
            }
            case Answer.Absent<T>(String why) -> {
                boolean spoke = contact.stable || (!ofStable && contact.canary);
                yield !spoke && hadItsTime(draft) ? new Answer.NotOffered<>() : new Answer.Unavailable<>(why);
            }
            case Answer.NotOffered<T> _, Answer.Unavailable<T> _ -> answer;
        };
    }

    private static boolean hadItsTime(Draft draft) {
        StageKind kind = draft.state.stage().kind();
        boolean early = kind == StageKind.PENDING || kind == StageKind.PREFLIGHT || kind == StageKind.STAGING;
        return !early
                && (kind != StageKind.PREPARING
                        || Duration.between(draft.state.since(), draft.now).compareTo(SETTLING) >= 0);
    }

    /** A release that is ready serves its contract too, give or take this much. */
    private static final Duration SETTLING = Duration.ofSeconds(10);
}
