package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.engine.Checks.Dated;
import dev.vextrus.rollout.gate.DecisionParity;
import dev.vextrus.rollout.gate.Difference;
import dev.vextrus.rollout.gate.EventCompatibility;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.gate.GateStatus;
import dev.vextrus.rollout.gate.IntegrityChecks;
import dev.vextrus.rollout.gate.ProjectionParity;
import dev.vextrus.rollout.observation.Answer;
import dev.vextrus.rollout.observation.Answer.NotOffered;
import dev.vextrus.rollout.observation.Answer.Offered;
import dev.vextrus.rollout.observation.Answer.Unavailable;
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
import org.jspecify.annotations.Nullable;

/** Takes in what the releases say of themselves, and judges the gates that rest on it. */
final class Findings {
    private static final int SHOWN_DIFFERENCES = 3;

    private Findings() {}

    static void absorb(Draft draft) {
        for (Finding finding : draft.seen.findings()) {
            switch (finding) {
                case Finding.Releases releases -> releases(draft, releases);
                case Finding.Integrity integrity -> integrity(draft, integrity);
                case Finding.ReadModel readModel -> readModel(draft, readModel.view());
                case Finding.Parity parity -> {
                    if (parity.after() == draft.state.checks().parity().after()) {
                        parity(draft, parity.stable(), parity.canary());
                    }
                }
                case Finding.Decisions decisions -> {
                    if (decisions.after() == draft.state.checks().decisions().after()) {
                        decisions(draft, decisions);
                    }
                }
                case Finding.DecisionDetails details -> details(draft, details);
                case Finding.Facts facts -> facts(draft, facts);
            }
        }
    }

    private static void releases(Draft draft, Finding.Releases found) {
        Checks checks = draft.state.checks();
        ReleaseInfo stable = found.stable() instanceof Offered<ReleaseInfo>(ReleaseInfo s) ? s : checks.stableInfo();
        ReleaseInfo canary = found.canary() instanceof Offered<ReleaseInfo>(ReleaseInfo c) ? c : checks.canaryInfo();
        draft.state = draft.state.with(checks.withReleases(stable, canary));
        if (stable != null && canary != null) {
            GateStatus status = EventCompatibility.check(stable, canary);
            // During the bake the same is proven by what stable really meets in the log.
            if (!draft.state.trafficBegun()) {
                judge(draft, GateName.EVENT_COMPATIBILITY, status, ReasonCode.EVENTS_INCOMPATIBLE, null);
            }
        } else if (found.stable() instanceof NotOffered || found.canary() instanceof NotOffered) {
            set(draft, GateName.EVENT_COMPATIBILITY, off("what it reads and writes"));
        } else {
            await(draft, GateName.EVENT_COMPATIBILITY, found.stable(), found.canary());
        }
    }

    private static void integrity(Draft draft, Finding.Integrity found) {
        Checks checks = draft.state.checks();
        boolean ofStable = found.color() == draft.state.roles().stable();
        switch (found.report()) {
            case NotOffered<IntegrityReport> _ -> {
                if (!ofStable) {
                    set(draft, GateName.INTEGRITY, off("integrity"));
                }
            }
            case Unavailable<IntegrityReport> _ -> await(draft, GateName.INTEGRITY, found.report(), found.report());
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
            case Unavailable<ReadModelView> _ -> await(draft, GateName.READ_MODEL, answer, answer);
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

    private static void decisions(Draft draft, Finding.Decisions found) {
        if (found.recorded() instanceof NotOffered
                || found.byStable() instanceof NotOffered
                || found.byCanary() instanceof NotOffered) {
            set(draft, GateName.DECISION_PARITY, off("its decisions"));
            return;
        }
        if (!(found.recorded() instanceof Offered<DecisionPage>(DecisionPage recorded)
                && found.byStable() instanceof Offered<DecisionPage>(DecisionPage byStable)
                && found.byCanary() instanceof Offered<DecisionPage>(DecisionPage byCanary))) {
            await(draft, GateName.DECISION_PARITY, found.byCanary(), found.byStable());
            return;
        }
        Checks.Progress before = draft.state.checks().decisions();
        DecisionParity.Comparison comparison = DecisionParity.compare(
                recorded, byStable, byCanary, draft.state.roles().canaryVersion(), before.after());
        Checks.Progress progress = before.to(comparison.cursor(), comparison.compared(), !comparison.more(), draft.now);
        draft.state = draft.state.with(draft.state.checks().withDecisions(progress));
        if (!comparison.differing().isEmpty()) {
            differingDecisions(draft, comparison);
        } else if (progress.complete()) {
            pass(draft, GateName.DECISION_PARITY, progress.compared() + " recorded commands decided alike");
        } else if (draft.state.checks().gate(GateName.DECISION_PARITY).outcome() == GateStatus.Outcome.WAITING) {
            set(
                    draft,
                    GateName.DECISION_PARITY,
                    GateStatus.waiting(progress.compared() + " recorded commands decided"));
        }
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
