package dev.vextrus.rollout.report;

import dev.vextrus.rollout.status.StatusView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Phrases that both forms of the report share. */
final class Words {
    private Words() {}

    static String headline(StatusView status) {
        return status.outcome() == null ? status.stage().toLowerCase(Locale.ROOT) : status.outcome();
    }

    static List<String[]> facts(StatusView status) {
        List<String[]> facts = new ArrayList<>();
        facts.add(new String[] {"took", seconds(status.seconds()) + " s"});
        if (status.secondsToDecision() != null) {
            facts.add(new String[] {"first canary request to decision", seconds(status.secondsToDecision()) + " s"});
        }
        if (status.secondsToNoCanaryTraffic() != null) {
            facts.add(new String[] {"decision to last canary request", seconds(status.secondsToNoCanaryTraffic()) + " s"
            });
        }
        facts.add(new String[] {
            "failed requests of the new release",
            Long.toString(status.tracks().canary().failed())
        });
        facts.add(new String[] {"dropped connections", Long.toString(status.droppedConnections())});
        StatusView.Integrity integrity = status.integrity();
        facts.add(new String[] {
            "integrity",
            integrity == null
                    ? "not told by the release"
                    : "debits = credits " + yes(integrity.balanced()) + ", read models = events "
                            + yes(integrity.readModels()) + ", chain " + yes(integrity.chain()) + ", at position "
                            + integrity.position()
        });
        return facts;
    }

    static String verdict(StatusView.Evidence evidence) {
        return String.format(
                Locale.ROOT,
                "%s; e-value %s of %s; the canary's expected share of faults %.1f %% (%s)%s",
                evidence.verdict(),
                number(evidence.eValue()),
                number(evidence.threshold()),
                100 * evidence.share(),
                evidence.shareSource(),
                evidence.concurrent() ? "" : "; compared with history, not concurrently");
    }

    static String metric(StatusView.MetricLine metric) {
        return String.format(
                Locale.ROOT,
                "%s: canary %d of %d, stable %d of %d; canary below %.3f %% (tolerated %.3f %%), %s; e-value %s",
                metric.metric(),
                metric.canaryCount(),
                metric.canaryRequests(),
                metric.stableCount(),
                metric.stableRequests(),
                100 * metric.upperBound(),
                100 * Math.min(1, metric.tolerated()),
                metric.safe() ? "safe" : "not yet shown",
                number(metric.eValue()));
    }

    static String seconds(@Nullable Double seconds) {
        return seconds == null ? "-" : String.format(Locale.ROOT, "%.1f", seconds);
    }

    static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }

    private static String yes(@Nullable Boolean value) {
        if (value == null) {
            return "not told";
        }
        return value ? "proven" : "BROKEN";
    }
}
