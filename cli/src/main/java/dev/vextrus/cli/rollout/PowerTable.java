package dev.vextrus.cli.rollout;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TrackTotals;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.status.PhasePower;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the bakes of a plan can find by statistics, at one rate of traffic.
 *
 * @param requestsPerMinute of both releases together
 * @param faultRate stable's, 0 to 1
 * @param measured whether both were counted, rather than assumed
 */
record PowerTable(double requestsPerMinute, double faultRate, boolean measured, List<PhasePower> phases) {
    /** Where nobody has counted. */
    static final double USUAL_FAULT_RATE = 0.001;

    private static final long ENOUGH_REQUESTS = 100;
    private static final Duration ENOUGH_TIME = Duration.ofSeconds(30);

    static PowerTable assumed(RolloutPlan plan, double requestsPerMinute, double faultRate) {
        return new PowerTable(requestsPerMinute, faultRate, false, PhasePower.of(plan, requestsPerMinute, faultRate));
    }

    /** From what a router has counted; empty where that is too little to go by. */
    static Optional<PowerTable> measured(Map<Color, TrackTotals> totals, RolloutPlan plan) {
        long requests =
                totals.values().stream().mapToLong(TrackTotals::requests).sum();
        Instant first = null;
        Instant last = null;
        TrackTotals serving = TrackTotals.NONE;
        for (TrackTotals track : totals.values()) {
            first = earlier(first, track.first());
            last = later(last, track.last());
            // Before a rollout one release serves; the other's requests are those of a canary that went, or of a stable
            // before.
            serving = last != null && last.equals(track.last()) ? track : serving;
        }
        if (first == null || last == null || requests < ENOUGH_REQUESTS) {
            return Optional.empty();
        }
        Duration time = Duration.between(first, last);
        if (time.compareTo(ENOUGH_TIME) < 0) {
            return Optional.empty();
        }
        double perMinute = requests * 60_000.0 / time.toMillis();
        double rate = (serving.failed() + 0.5) / (serving.requests() + 1.0);
        return Optional.of(new PowerTable(perMinute, rate, true, PhasePower.of(plan, perMinute, rate)));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "at %,.0f requests a minute, of which %.2f %% fail on stable (%s):",
                requestsPerMinute,
                100 * faultRate,
                measured ? "as counted, and half a fault more" : "assumed"));
        phases.forEach(phase -> lines.add("  " + phase.say()));
        return lines;
    }

    /** For a JSON answer; a time that never comes is null. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("requestsPerMinute", requestsPerMinute);
        fields.put("faultRate", faultRate);
        fields.put("measured", measured);
        fields.put("phases", phases.stream().map(PowerTable::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(PhasePower power) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("traffic", power.phase().trafficPercent());
        fields.put("canaryPerMinute", power.canaryPerMinute());
        fields.put(
                "findsRatio",
                power.findsRatio().isPresent() ? power.findsRatio().getAsDouble() : null);
        fields.put("minutesToFindFivefold", finite(power.minutesToFindFivefold()));
        fields.put("minutesToSafe", finite(power.minutesToSafe()));
        return fields;
    }

    private static @Nullable Double finite(double minutes) {
        return Double.isInfinite(minutes) ? null : minutes;
    }
}
