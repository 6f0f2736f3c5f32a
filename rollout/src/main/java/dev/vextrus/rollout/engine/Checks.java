package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.gate.GateStatus;
import dev.vextrus.rollout.observation.IntegrityReport;
import dev.vextrus.rollout.observation.ReadModelView;
import dev.vextrus.rollout.observation.ReleaseInfo;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the releases have said of themselves so far.
 *
 * @param decisions how far recorded commands were decided again
 * @param parity how far read models were compared
 * @param stableIntegrity newest answer, kept past the end of the rollout as its proof
 * @param readModelMovedAt when the canary's read model last got further
 * @param contact whether the releases answer
 * @param witness what stable says of an outage where it has no traffic to compare with
 * @param comparedAt when a phase's gates last found the releases compared to the end; null before the first
 */
public record Checks(
        Map<GateName, GateStatus> gates,
        Progress decisions,
        Progress parity,
        @Nullable ReleaseInfo stableInfo,
        @Nullable ReleaseInfo canaryInfo,
        @Nullable Dated<IntegrityReport> stableIntegrity,
        @Nullable Dated<IntegrityReport> canaryIntegrity,
        @Nullable ReadModelView readModel,
        @Nullable Instant readModelMovedAt,
        @Nullable Violation violation,
        Contact contact,
        Witness witness,
        @Nullable Instant comparedAt) {

    /** Something and when it was learned. */
    public record Dated<T>(T value, Instant at) {}

    /**
     * @param after cursor
     * @param compared how many were compared so far
     * @param complete whether the end was reached at the last look
     * @param at when the last look was answered; null before the first
     * @param goal how far it has to get before what waits for it may go on: the log's end when that was asked first;
     *     {@link #OPEN} until that is told
     * @param head the log's end at the last look, or {@link #OPEN}
     */
    public record Progress(
            long after,
            long compared,
            boolean complete,
            @Nullable Instant at,
            long goal,
            long head) {
        static final long OPEN = -1;
        static final Progress NONE = new Progress(0, 0, false, null, OPEN, OPEN);

        Progress to(long cursor, long more, boolean reachedEnd, Instant now) {
            return new Progress(cursor, compared + more, reachedEnd, now, goal, head);
        }

        /** The same, told that the log ended at {@code end}: that is the goal where none was set yet. */
        Progress toldHead(long end) {
            return end < 0 ? this : new Progress(after, compared, complete, at, goal == OPEN ? end : goal, end);
        }

        /** The same, asked for all that is in the log when it is next looked at. */
        Progress anew() {
            return new Progress(after, compared, complete, at, OPEN, head);
        }

        /** Whether it got as far as was asked for. While the log grows faster than it gets on, its end would never do. */
        boolean reached() {
            return complete || (goal != OPEN && after >= goal);
        }
    }

    public static final Checks NONE = new Checks(
            Map.of(),
            Progress.NONE,
            Progress.NONE,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Contact.NONE,
            Witness.NONE,
            null);

    public Checks {
        // A journal of an older controller knows none.
        witness = Objects.requireNonNullElse(witness, Witness.NONE);
        gates = gates.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(gates));
    }

    public GateStatus gate(GateName name) {
        GateStatus status = gates.get(name);
        return status == null ? GateStatus.waiting("not looked at yet") : status;
    }

    Checks with(GateName name, GateStatus status) {
        return changed(draft -> draft.gates.put(name, status));
    }

    Checks withDecisions(Progress progress) {
        return changed(draft -> draft.decisions = progress);
    }

    Checks withParity(Progress progress) {
        return changed(draft -> draft.parity = progress);
    }

    Checks withReleases(@Nullable ReleaseInfo stable, @Nullable ReleaseInfo canary) {
        return changed(draft -> {
            draft.stableInfo = stable;
            draft.canaryInfo = canary;
        });
    }

    Checks withIntegrity(@Nullable Dated<IntegrityReport> stable, @Nullable Dated<IntegrityReport> canary) {
        return changed(draft -> {
            draft.stableIntegrity = stable;
            draft.canaryIntegrity = canary;
        });
    }

    Checks withReadModel(ReadModelView view, @Nullable Instant movedAt) {
        return changed(draft -> {
            draft.readModel = view;
            draft.readModelMovedAt = movedAt;
        });
    }

    Checks with(Violation found) {
        return changed(draft -> draft.violation = found);
    }

    Checks with(Contact newest) {
        return changed(draft -> draft.contact = newest);
    }

    Checks with(Witness newest) {
        return changed(draft -> draft.witness = newest);
    }

    Checks compared(Instant at) {
        return changed(draft -> draft.comparedAt = at);
    }

    private Checks changed(Consumer<Changing> change) {
        Changing draft = new Changing(this);
        change.accept(draft);
        return draft.done();
    }

    /** Checks while some of their parts are being changed. */
    private static final class Changing {
        private final Map<GateName, GateStatus> gates = new EnumMap<>(GateName.class);
        private Progress decisions;
        private Progress parity;
        private @Nullable ReleaseInfo stableInfo;
        private @Nullable ReleaseInfo canaryInfo;
        private @Nullable Dated<IntegrityReport> stableIntegrity;
        private @Nullable Dated<IntegrityReport> canaryIntegrity;
        private @Nullable ReadModelView readModel;
        private @Nullable Instant readModelMovedAt;
        private @Nullable Violation violation;
        private Contact contact;
        private Witness witness;
        private @Nullable Instant comparedAt;

        Changing(Checks from) {
            gates.putAll(from.gates);
            decisions = from.decisions;
            parity = from.parity;
            stableInfo = from.stableInfo;
            canaryInfo = from.canaryInfo;
            stableIntegrity = from.stableIntegrity;
            canaryIntegrity = from.canaryIntegrity;
            readModel = from.readModel;
            readModelMovedAt = from.readModelMovedAt;
            violation = from.violation;
            contact = from.contact;
            witness = from.witness;
            comparedAt = from.comparedAt;
        }

        Checks done() {
            return new Checks(
                    gates,
                    decisions,
                    parity,
                    stableInfo,
                    canaryInfo,
                    stableIntegrity,
                    canaryIntegrity,
                    readModel,
                    readModelMovedAt,
                    violation,
                    contact,
                    witness,
                    comparedAt);
        }
    }
}
