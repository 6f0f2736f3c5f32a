package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.engine.ReasonCode;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.status.StatusView;
import dev.vextrus.rollout.status.Statuses;
import dev.vextrus.rolloutkubernetes.journal.LastRollout;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the status of what is known. */
final class StatusOf {
    private static final int MAX_TEXT = 512;

    private StatusOf() {}

    static PhasedRolloutStatus facts(
            PhasedRollout resource,
            StatusWriter.Facts facts,
            PhasedRolloutStatus.@Nullable JournalMark mark,
            @Nullable List<Condition> before,
            Instant now) {
        LastRollout last = facts.last();
        StatusView view = last == null ? null : Statuses.of(last.plan(), last.state(), now);
        RolloutState state = last == null ? null : last.state();
        boolean ended = last == null || last.ended();
        String name = resource.getMetadata().getName();
        return new PhasedRolloutStatus(
                resource.getMetadata().getGeneration(),
                phase(facts, view, ended),
                state == null ? null : state.stage().kind().name(),
                state == null
                        ? null
                        : percent(
                                ended && facts.installed() ? 0 : state.routing().weight()),
                view == null || view.evidence() == null || ended
                        ? null
                        : view.evidence().verdict(),
                next(facts, view),
                view == null ? null : view.outcome(),
                view == null ? null : view.reason(),
                view == null ? null : cut(view.message()),
                state == null ? null : state.id(),
                state == null ? null : state.startedAt().toString(),
                release(facts.stable(), state, true),
                ended || last == null ? null : release(last.plan().canary(), state, false),
                facts.rejected(),
                facts.pin() == null ? null : facts.pin().revision(),
                facts.pin() == null ? null : facts.pin().hash(),
                view == null ? null : cut(view.pendingEdit()),
                state == null ? null : state.routing().epoch(),
                resource.getSpec().wantedReplicas(),
                "vextrus.dev/rollout=" + name,
                mark,
                state == null || state.obeyed().isEmpty()
                        ? null
                        : cut(state.obeyed().getLast()),
                Conditions.of(resource, facts, view, before, now));
    }

    /** A release that went back; one that another took the place of did nothing wrong. */
    static @Nullable String rejected(@Nullable LastRollout last) {
        if (last == null || last.state().ending() == null || !last.ended()) {
            return null;
        }
        StageKind kind = last.state().stage().kind();
        boolean wentBack = kind == StageKind.ROLLED_BACK || kind == StageKind.REFUSED;
        return wentBack && last.state().ending().reason() != ReasonCode.SUPERSEDED
                ? ReleaseOfTemplate.hash(last.plan().canary())
                : null;
    }

    static boolean givenBack(StatusWriter.Facts facts) {
        return facts.adoption()
                .filter(seen -> seen.reason().equals(Adoption.View.GIVEN_BACK))
                .isPresent();
    }

    private static String phase(StatusWriter.Facts facts, @Nullable StatusView view, boolean ended) {
        if (facts.refused() != null) {
            return "Invalid";
        }
        if (givenBack(facts)) {
            return Adoption.View.GIVEN_BACK;
        }
        if (view == null) {
            return facts.installed() ? "Serving" : "Installing";
        }
        StageKind kind = StageKind.valueOf(view.stage());
        String stage = Told.camel(kind);
        boolean leaving = kind == StageKind.COMPLETING || kind == StageKind.ROLLING_BACK;
        return ended || leaving || view.phase() <= 0 ? stage : stage + " " + view.phase() + "/" + view.phaseCount();
    }

    private static @Nullable String next(StatusWriter.Facts facts, @Nullable StatusView view) {
        if (facts.refused() != null) {
            return "mend the resource";
        }
        return view == null ? null : cut(view.next());
    }

    private static PhasedRolloutStatus.@Nullable Release release(
            @Nullable ReleaseSpec release, @Nullable RolloutState state, boolean stable) {
        if (release == null) {
            return null;
        }
        Color color = state == null
                ? Color.BLUE
                : stable ? stableColor(state) : state.roles().canary();
        return new PhasedRolloutStatus.Release(release.version(), null, ReleaseOfTemplate.hash(release), color.label());
    }

    private static Color stableColor(RolloutState state) {
        return state.stage().kind() == StageKind.COMPLETED
                ? state.roles().canary()
                : state.roles().stable();
    }

    private static String percent(double weight) {
        return String.format(Locale.ROOT, "%d %%", Math.round(weight * 100));
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }
}
