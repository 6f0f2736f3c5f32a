package dev.vextrus.cli.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * What happens to a release in one row of the bench, and how others fared: Argo Rollouts 1.10.1 and Flagger 1.36.1, measured
 * once on a cluster of the same kind (one node of two cores, ten pods, 50 requests a second, a look every 10 s).
 */
enum TrialRow {
    GOOD("good release", "none", true, "promoted in 206 s; 0 failed", "promoted in 225 s; 0 failed"),
    ERRORS(
            "20 % errors",
            "errors", false, "decided in 49 s, gone in 51 s; 55 failed", "decided in 60 s, gone in 60 s; 62 failed"),
    SHARED_OUTAGE("both fail 30 % for 20 s", "none", true, "false abort", "promoted, 3 of 5 chances used up for good"),
    METRICS_LOST("good release, metrics lost", "none", true, "false abort after 43 s", "false abort after 54 s"),
    CONTROLLER_GONE(
            "20 % errors, controller gone for 30 s",
            "errors", false, "moved it on to 30 %; 115 failed", "stayed at 10 %; 100 failed"),
    NEVER_READY("never ready", "never-ready", false, "degraded, never aborted", "rolled back at 70 s");

    private final String title;
    private final String fault;
    private final boolean good;
    private final String argo;
    private final String flagger;

    TrialRow(String title, String fault, boolean good, String argo, String flagger) {
        this.title = title;
        this.fault = fault;
        this.good = good;
        this.argo = argo;
        this.flagger = flagger;
    }

    String title() {
        return title;
    }

    /** In the light service's words. */
    String fault() {
        return fault;
    }

    /** Whether a release of this row should be promoted. */
    boolean good() {
        return good;
    }

    String argo() {
        return argo;
    }

    String flagger() {
        return flagger;
    }

    /** As the command line spells it. */
    String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static List<String> labels() {
        return Stream.of(values()).map(TrialRow::label).toList();
    }
}
