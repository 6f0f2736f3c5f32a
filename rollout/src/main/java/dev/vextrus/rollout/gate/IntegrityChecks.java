package dev.vextrus.rollout.gate;

import dev.vextrus.rollout.observation.IntegrityReport;
import dev.vextrus.rollout.observation.IntegrityReport.Check;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a failed integrity check means; the names are those of the release contract. */
public final class IntegrityChecks {
    /** Fails when the release's read model is not the fold of the events. */
    public static final String READ_MODELS = "read-models-equal-fold";
    /** Fails when the log holds an event that the release cannot read. */
    public static final String EVENTS_READABLE = "events-readable";

    /** Fails when the release's read model had to leave an event out. */
    public static final String EVENTS_APPLIED = "events-applied";
    /** Fails when an entry's debits and credits differ. */
    public static final String BALANCED = "debits-equal-credits";
    /** Fails when a stored byte was changed. */
    public static final String CHAIN = "hash-chain";

    private static final Set<String> NOT_THE_LEDGER = Set.of(READ_MODELS, EVENTS_READABLE, EVENTS_APPLIED);

    private IntegrityChecks() {}

    public static GateStatus check(String version, IntegrityReport report) {
        return report.ok()
                ? GateStatus.passed(
                        version + " proves " + report.checks().size() + " checks at position " + report.position())
                : GateStatus.failed(version + ": " + describe(report));
    }

    public static boolean failed(IntegrityReport report, String check) {
        return report.failed().stream().anyMatch(c -> c.name().equals(check));
    }

    /** Whether the data itself is wrong, rather than what a release makes of it. */
    public static boolean ledgerFailed(IntegrityReport report) {
        return !report.ok()
                && (report.failed().isEmpty()
                        || report.failed().stream().anyMatch(c -> !NOT_THE_LEDGER.contains(c.name())));
    }

    public static String describe(IntegrityReport report) {
        List<Check> failed = report.failed();
        return failed.isEmpty()
                ? "integrity is not ok at position " + report.position()
                : failed.stream()
                        .map(c -> c.name() + " failed for " + c.violations() + " of " + c.checked()
                                + (c.examples().isEmpty()
                                        ? ""
                                        : ", such as " + c.examples().getFirst()))
                        .collect(Collectors.joining("; "));
    }
}
