package dev.vextrus.rollout.gate;

import dev.vextrus.rollout.observation.IntegrityReport;
import dev.vextrus.rollout.observation.IntegrityReport.Check;
import java.util.List;
import java.util.stream.Collectors;

/** What a failed integrity check means; the names are those of the release contract. */
public final class IntegrityChecks {
    /** Fails when the release's read model is not the fold of the events. */
    public static final String READ_MODELS = "read-models-equal-events";
    /** Fails when the log holds an event that the release cannot read. */
    public static final String EVENTS_READABLE = "events-readable";

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

    /** Whether a check other than the two named ones failed: the data itself is wrong. */
    public static boolean ledgerFailed(IntegrityReport report) {
        return !report.ok()
                && (report.failed().isEmpty()
                        || report.failed().stream()
                                .anyMatch(c -> !c.name().equals(READ_MODELS)
                                        && !c.name().equals(EVENTS_READABLE)));
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
