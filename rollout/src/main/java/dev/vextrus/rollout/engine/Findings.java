package dev.vextrus.rollout.engine;

import static dev.vextrus.rollout.engine.Contact.heard;

import dev.vextrus.rollout.engine.Checks.Dated;
import dev.vextrus.rollout.gate.DecisionParity;
import dev.vextrus.rollout.gate.Difference;
import dev.vextrus.rollout.gate.EventCompatibility;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.gate.GateStatus;
import dev.vextrus.rollout.gate.IntegrityChecks;
import dev.vextrus.rollout.gate.ProjectionParity;
import dev.vextrus.rollout.observation.Answer;
import dev.vextrus.rollout.observation.Answer.Absent;
import dev.vextrus.rollout.observation.Answer.NotOffered;
import dev.vextrus.rollout.observation.Answer.Offered;
import dev.vextrus.rollout.observation.Answer.Unavailable;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.DecisionDetail;
import dev.vextrus.rollout.observation.DecisionPage;
import dev.vextrus.rollout.observation.IntegrityReport;
import dev.vextrus.rollout.observation.ParityPage;
import dev.vextrus.rollout.observation.ReadModelView;
import dev.vextrus.rollout.observation.ReleaseInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes in what the releases say of themselves, and judges the gates that rest on it. */
final class Findings {
    private static final int SHOWN_DIFFERENCES = 3;

    private Findings() {}

    static void absorb(Draft draft) {
        Roles roles = draft.state.roles();
        for (Finding finding : draft.seen.findings()) {
            Checks before = draft.state.checks();
            switch (finding) {
                case Finding.Releases(var stable, var canary) ->
                    releases(draft, heard(draft, roles.stable(), stable), heard(draft, roles.canary(), canary));
                case Finding.Integrity(var color, var report) -> integrity(draft, color, heard(draft, color, report));
                case Finding.Health(var color, var report) -> Hearing.absorb(draft, color, report);
                case Finding.ReadModel(var view) -> readModel(draft, heard(draft, roles.canary(), view));
                case Finding.Parity(var after, var stable, var canary) -> {
                    if (after == before.parity().after()) {
                        parity(draft, heard(draft, roles.stable(), stable), heard(draft, roles.canary(), canary));
                    }
                }
                case Finding.Decisions(var after, var recorded, var byStable, var byCanary) -> {
                    if (after == before.decisions().after()) {
                        decisions(
                                draft,
                                heard(draft, roles.stable(), recorded),
                                heard(draft, roles.stable(), byStable),
                                heard(draft, roles.canary(), byCanary));
                    }
                }
                case Finding.DecisionDetails details -> details(draft, details);
                case Finding.Facts facts -> facts(draft, facts);
            }
            moved(draft, before);
        }
    }

    /** Something was learned: a gate stands otherwise, a cursor moved, a proof came. */
    private static void moved(Draft draft, Checks before) {
        Checks after = draft.state.checks();
        boolean further = !after.gates().equals(before.gates())
                || after.parity().after() != before.parity().after()
                || after.decisions().after() != before.decisions().after()
                || !Objects.equals(after.readModelMovedAt(), before.readModelMovedAt())
                || !Objects.equals(after.stableIntegrity(), before.stableIntegrity())
                || !Objects.equals(after.canaryIntegrity(), before.canaryIntegrity());
        if (further) {
            draft.state = draft.state.with(after.with(after.contact().moved(draft.now)));
        }
    }

    private static void releases(Draft draft, Answer<ReleaseInfo> fromStable, Answer<ReleaseInfo> fromCanary) {
        Checks checks = draft.state.checks();
        ReleaseInfo stable = fromStable instanceof Offered<ReleaseInfo>(ReleaseInfo s) ? s : checks.stableInfo();
        ReleaseInfo canary = fromCanary instanceof Offered<ReleaseInfo>(ReleaseInfo c) ? c : checks.canaryInfo();
        draft.state = draft.state.with(checks.withReleases(stable, canary));
        if (stable != null && canary != null) {
            GateStatus status = EventCompatibility.check(stable, canary);
            // During the bake the same is proven by what stable really meets in the log.
            if (!draft.state.trafficBegun()) {
                judge(draft, GateName.EVENT_COMPATIBILITY, status, ReasonCode.EVENTS_INCOMPATIBLE, null);
            }
        } else if (fromStable instanceof NotOffered || fromCanary instanceof NotOffered) {
            set(draft, GateName.EVENT_COMPATIBILITY, off("what it reads and writes"));
        } else {
            await(draft, GateName.EVENT_COMPATIBILITY, fromStable, fromCanary);
        }
    }

    private static void integrity(Draft draft, Color color, Answer<IntegrityReport> answer) {
        Checks checks = draft.state.checks();
        boolean ofStable = color == draft.state.roles().stable();
        switch (answer) {
            case NotOffered<IntegrityReport> _ -> {
                // After a rollback stable is the only one to ask.
                if (!ofStable || draft.state.stage().kind() == StageKind.ROLLING_BACK) {
                    set(draft, GateName.INTEGRITY, off("integrity"));
                }
            }
            case Absent<IntegrityReport> _, Unavailable<IntegrityReport> _ ->
                await(draft, GateName.INTEGRITY, answer, answer);
            case Offered<IntegrityReport>(IntegrityReport report) -> {
                Dated<IntegrityReport> dated = new Dated<>(report, draft.now);
                draft.state = draft.state.with(checks.withIntegrity(
                        ofStable ? dated : checks.stableIntegrity(), ofStable ? checks.canaryIntegrity() : dated));
                String version = ofStable
                        ? draft.state.roles().stableVersion()
                        : draft.state.roles().canaryVersion();
                GateStatus status = IntegrityChecks.check(version, report);
                if (!ofStable || status.outcome() == GateStatus.Outcome.FAILED) {
                    judge(draft, GateName.INTEGRITY, status, reason(report), null);
                }
            }
        }
    }

    private static ReasonCode reason(IntegrityReport report) {
        if (IntegrityChecks.failed(report, IntegrityChecks.EVENTS_READABLE)) {
            return ReasonCode.EVENTS_INCOMPATIBLE;
        }
        return IntegrityChecks.ledgerFailed(report) ? ReasonCode.LEDGER_CORRUPTED : ReasonCode.READ_MODEL_DIVERGED;
    }

    private static void readModel(Draft draft, Answer<ReadModelView> answer) {
        switch (answer) {
            case NotOffered<ReadModelView> _ -> set(draft, GateName.READ_MODEL, off("a read model"));
            case Absent<ReadModelView> _, Unavailable<ReadModelView> _ ->
                await(draft, GateName.READ_MODEL, answer, answer);
            case Offered<ReadModelView>(ReadModelView view) -> {
                Checks checks = draft.state.checks();
                ReadModelView before = checks.readModel();
                boolean further = before == null || view.position() > before.position() || view.live() != before.live();
                Instant movedAt = further ? draft.now : checks.readModelMovedAt();
                draft.state = draft.state.with(checks.withReadModel(view, movedAt));
                set(
                        draft,
                        GateName.READ_MODEL,
                        view.live()
                                ? GateStatus.passed(view.name() + " follows the log at " + view.position())
                                : GateStatus.waiting(
                                        view.name() + " is being built: " + view.position() + " of " + view.head()));
            }
        }
    }

    private static void parity(Draft draft, Answer<ParityPage> stable, Answer<ParityPage> canary) {
        if (stable instanceof NotOffered || canary instanceof NotOffered) {
            set(draft, GateName.PROJECTION_PARITY, off("digests of its facts"));
            return;
        }
        if (!(stable instanceof Offered<ParityPage>(ParityPage mine)
                && canary instanceof Offered<ParityPage>(ParityPage theirs))) {
            await(draft, GateName.PROJECTION_PARITY, stable, canary);
            return;
        }
        Checks.Progress before = draft.state.checks().parity();
        ProjectionParity.Comparison comparison = ProjectionParity.compare(mine, theirs, before.after());
        Checks.Progress progress =
                before.to(comparison.cursor(), comparison.compared(), comparison.cursor() == before.after(), draft.now);
        draft.state = draft.state.with(draft.state.checks().withParity(progress));
        if (comparison.differing().isEmpty()) {
            // An earlier forced or failed verdict stands: agreement on later cuts does not undo it.
            pass(draft, GateName.PROJECTION_PARITY, progress.compared() + " digests agree");
            return;
        }
        ProjectionParity.Differing first = comparison.differing().getFirst();
        judge(
                draft,
                GateName.PROJECTION_PARITY,
                GateStatus.failed("the facts of " + comparison.differing().size()
                        + " tenant(s) differ between the releases, first " + first.tenant() + " at log position "
                        + first.position()),
                ReasonCode.READ_MODEL_DIVERGED,
                new Look.Facts(
                        draft.state.roles().stable(), draft.state.roles().canary(), first.position(), first.tenant()));
    }

    private static void decisions(
            Draft draft,
            Answer<DecisionPage> recordedByStable,
            Answer<DecisionPage> decidedByStable,
            Answer<DecisionPage> decidedByCanary) {
        if (recordedByStable instanceof NotOffered
                || decidedByStable instanceof NotOffered
                || decidedByCanary instanceof NotOffered) {
            set(draft, GateName.DECISION_PARITY, off("its decisions"));
            return;
        }
        if (!(recordedByStable instanceof Offered<DecisionPage>(DecisionPage recorded)
                && decidedByStable instanceof Offered<DecisionPage>(DecisionPage byStable)
                && decidedByCanary instanceof Offered<DecisionPage>(DecisionPage byCanary))) {
            await(draft, GateName.DECISION_PARITY, decidedByCanary, decidedByStable);
            return;
        }
        Checks.Progress before = draft.state.checks().decisions();
        DecisionParity.Comparison comparison = DecisionParity.compare(
                recorded, byStable, byCanary, draft.state.roles().canaryVersion(), before.after());
        Checks.Progress progress = before.to(comparison.cursor(), comparison.compared(), !comparison.more(), draft.now)
                .toldHead(recorded.head());
        draft.state = draft.state.with(draft.state.checks().withDecisions(progress));
        if (!comparison.differing().isEmpty()) {
            differingDecisions(draft, comparison);
        } else if (progress.reached()) {
            pass(draft, GateName.DECISION_PARITY, sayDecided(progress) + ", alike by both");
        } else if (draft.state.checks().gate(GateName.DECISION_PARITY).outcome() == GateStatus.Outcome.WAITING) {
            set(draft, GateName.DECISION_PARITY, GateStatus.waiting(sayDecided(progress)));
        }
    }

    /** How many commands were decided again, up to which, and what is still to come. */
    static String sayDecided(Checks.Progress progress) {
        String again = progress.compared() + " recorded commands decided again";
        if (progress.complete() || progress.head() < 0) {
            return again;
        }
        return progress.reached()
                ? again + ", all up to command " + progress.after() + "; the log is at " + progress.head()
                        + ", the rest is decided while it bakes"
                : again + ", up to command " + progress.after() + " of "
                        + (progress.goal() < 0 ? progress.head() : progress.goal());
    }

    private static void differingDecisions(Draft draft, DecisionParity.Comparison comparison) {
        DecisionParity.Differing first = comparison.differing().getFirst();
        Roles roles = draft.state.roles();
        List<Long> shown = comparison.differing().stream()
                .filter(d -> d.decidedByCanary() == first.decidedByCanary())
                .limit(SHOWN_DIFFERENCES)
                .map(DecisionParity.Differing::sequence)
                .toList();
        judge(
                draft,
                GateName.DECISION_PARITY,
                GateStatus.failed(comparison.differing().size() + " of " + comparison.compared()
                        + " recorded commands are decided otherwise, first command " + first.sequence() + " "
                        + first.command() + " of " + first.tenant() + ", recorded by " + first.recordedBy()),
                ReasonCode.DECISIONS_DIFFER,
                new Look.DecisionDetails(
                        roles.stable(), first.decidedByCanary() ? roles.canary() : roles.stable(), shown));
    }

    private static void details(Draft draft, Finding.DecisionDetails found) {
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < Math.min(found.recorded().size(), found.decided().size()); i++) {
            if (found.recorded().get(i) instanceof Offered<DecisionDetail>(DecisionDetail recorded)
                    && found.decided().get(i) instanceof Offered<DecisionDetail>(DecisionDetail decided)) {
                differences.add(new Difference(
                        "command " + recorded.sequence() + " " + recorded.command() + " " + recorded.body(),
                        recorded.outcome(),
                        decided.outcome()));
            }
        }
        explain(draft, differences);
    }

    private static void facts(Draft draft, Finding.Facts found) {
        if (found.stable() instanceof Offered<Map<String, String>>(Map<String, String> stable)
                && found.canary() instanceof Offered<Map<String, String>>(Map<String, String> canary)) {
            explain(draft, List.of(ProjectionParity.sideBySide(found.tenant(), found.position(), stable, canary)));
        }
    }

    private static void explain(Draft draft, List<Difference> differences) {
        Violation violation = draft.state.checks().violation();
        if (violation == null || differences.isEmpty()) {
            return;
        }
        draft.state = draft.state.with(draft.state.checks().with(violation.explainedBy(differences)));
        Ending ending = draft.state.ending();
        if (ending != null && ending.reason() == violation.reason()) {
            draft.state = draft.state.with(ending.with(differences));
        }
    }

    /** Tolerance zero: a failure is a violation at once, unless it was forced and nothing has happened yet. */
    private static void judge(
            Draft draft, GateName gate, GateStatus status, ReasonCode reason, @Nullable Look explain) {
        if (status.outcome() != GateStatus.Outcome.FAILED) {
            pass(draft, gate, status.why());
            return;
        }
        if (!draft.state.trafficBegun() && draft.state.forced().contains(gate)) {
            if (draft.state.checks().gate(gate).outcome() != GateStatus.Outcome.FORCED) {
                draft.note("gate " + gate.label() + " failed and was forced: " + status.why());
            }
            set(draft, gate, GateStatus.forced(status.why()));
            return;
        }
        set(draft, gate, status);
        if (draft.state.checks().violation() == null && draft.state.ending() == null) {
            draft.state = draft.state.with(
                    draft.state.checks().with(new Violation(gate, reason, status.why(), List.of(), explain, 0)));
        }
    }

    private static void pass(Draft draft, GateName gate, String why) {
        GateStatus.Outcome now = draft.state.checks().gate(gate).outcome();
        if (now != GateStatus.Outcome.FORCED && now != GateStatus.Outcome.FAILED) {
            set(draft, gate, GateStatus.passed(why));
        }
    }

    private static void await(Draft draft, GateName gate, Answer<?> one, Answer<?> other) {
        if (draft.state.checks().gate(gate).outcome() == GateStatus.Outcome.WAITING) {
            String why = one instanceof Unavailable<?>(String w)
                    ? w
                    : other instanceof Unavailable<?>(String o) ? o : "no answer yet";
            set(draft, gate, GateStatus.waiting(why));
        }
    }

    private static void set(Draft draft, GateName gate, GateStatus status) {
        draft.state = draft.state.with(draft.state.checks().with(gate, status));
    }

    private static GateStatus off(String what) {
        return GateStatus.off("the release does not tell " + what);
    }
}
