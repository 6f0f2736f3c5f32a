package dev.vextrus.rollout.status;

import dev.vextrus.rollout.gate.Difference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a rollout stands, as plain values for {@code --json}, the live view and the report.
 *
 * @param stage name of the stage, such as {@code BAKING}
 * @param outcome {@code promoted}, {@code rolled-back} or {@code refused}; null while it runs
 * @param reason stable code of why it went back; null where it did not
 * @param phase number of the phase, from 1; 0 before the first; while it winds down and once it has ended, the last one
 *     that was in force
 * @param weight share of traffic ordered for the new release, 0 to 1; 1 once it is promoted
 * @param next what happens next, a sentence
 * @param secondsToDecision from the first canary request to the decision to go back; null where there was none
 * @param secondsToNoCanaryTraffic from that decision to the last canary request; null where there was none
 * @param seconds since the rollout began, or until it ended
 */
public record StatusView(
        String plan,
        String id,
        String stableVersion,
        String canaryVersion,
        String stage,
        Instant at,
        @Nullable String outcome,
        @Nullable String reason,
        @Nullable String message,
        Map<String, Double> numbers,
        int phase,
        int phaseCount,
        double weight,
        @Nullable Bake bake,
        String next,
        @Nullable String holds,
        @Nullable String pendingEdit,
        Tracks tracks,
        @Nullable Evidence evidence,
        List<Gate> gates,
        List<PhaseLine> phases,
        long droppedConnections,
        @Nullable Double secondsToDecision,
        @Nullable Double secondsToNoCanaryTraffic,
        double seconds,
        @Nullable Integrity integrity,
        List<Difference> differences,
        List<String> evidenceFiles,
        List<String> commands) {

    /** Observed and wanted bake time. */
    public record Bake(double observedSeconds, double seconds) {
        public double progress() {
            return seconds <= 0 ? 1 : Math.min(1, observedSeconds / seconds);
        }
    }

    public record Tracks(TrackLine stable, TrackLine canary) {}

    /** One track's traffic since the rollout began, and in the last slice of some seconds. */
    public record TrackLine(
            String version,
            String color,
            long requests,
            long failed,
            double p95Millis,
            long recentRequests,
            long recentFailed,
            double recentP95Millis) {}

    /**
     * The verdict's numbers.
     *
     * @param verdict {@code harmful}, {@code safe} or {@code inconclusive}
     * @param concurrent whether both tracks are compared at the same time; false where history stands in
     * @param share the canary's expected share of faults
     * @param shareSource where that share came from
     */
    public record Evidence(
            String verdict,
            double eValue,
            double threshold,
            List<MetricLine> metrics,
            boolean concurrent,
            double share,
            String shareSource,
            List<String> missing) {}

    /** One metric: what the canary's rate lies below, what would be tolerated, and whether that is shown. */
    public record MetricLine(
            String metric,
            double eValue,
            long canaryCount,
            long canaryRequests,
            long stableCount,
            long stableRequests,
            double upperBound,
            double tolerated,
            boolean safe) {}

    public record Gate(String name, String outcome, String why) {}

    /** @param seconds how long its weight was in force; null while it is */
    public record PhaseLine(
            int phase,
            int trafficPercent,
            double observedSeconds,
            @Nullable Double seconds,
            boolean extended,
            long canaryRequests,
            long canaryFailed,
            double canaryP95Millis) {}

    /** The newest proof of the release that serves; null where a check is not offered. */
    public record Integrity(
            @Nullable Boolean balanced,
            @Nullable Boolean readModels,
            @Nullable Boolean chain,
            long position) {}
}
