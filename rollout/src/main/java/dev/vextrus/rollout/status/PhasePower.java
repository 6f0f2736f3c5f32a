package dev.vextrus.rollout.status;

import dev.vextrus.rollout.analysis.Metric;
import dev.vextrus.rollout.analysis.Power;
import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.plan.RolloutPlan;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What the bake of a phase can and cannot find at a given traffic, said before it starts.
 *
 * @param canaryPerMinute the canary's requests a minute
 * @param faultRate stable's, 0 to 1
 * @param findsRatio the smallest ratio of fault rates that the bake finds, on average; empty where it finds none
 * @param minutesToFindFivefold time in which a release that fails five times as often is found; infinite where never
 * @param minutesToSafe time in which a good release is shown to be safe; infinite where never
 */
public record PhasePower(
        Phase phase,
        double canaryPerMinute,
        double faultRate,
        OptionalDouble findsRatio,
        double minutesToFindFivefold,
        double minutesToSafe) {
    private static final double FIVEFOLD = 5;
    /** A stable release without faults makes any harm a huge multiple, which tells nobody anything. */
    private static final double MANY = 20;

    /**
     * For each phase.
     *
     * @param requestsPerMinute of both releases together
     * @param faultRate stable's, 0 to 1
     */
    public static List<PhasePower> of(RolloutPlan plan, double requestsPerMinute, double faultRate) {
        return plan.phases().stream()
                .map(phase -> of(plan, phase, requestsPerMinute, faultRate))
                .toList();
    }

    private static PhasePower of(RolloutPlan plan, Phase phase, double requestsPerMinute, double faultRate) {
        double canary = requestsPerMinute * phase.weight();
        Power power = new Power(plan.analysis(), canary, requestsPerMinute - canary, faultRate);
        return new PhasePower(
                phase,
                canary,
                faultRate,
                power.smallestRatioFound(phase.bake().toMillis() / 60_000.0),
                power.minutesToFind(FIVEFOLD),
                power.minutesToSafe(Metric.FAULTS));
    }

    /** One line for people. */
    public String say() {
        return String.format(
                Locale.ROOT,
                "%d %%: %.0f canary requests/min; %s; five times the faults %s; a good release is shown safe %s",
                phase.trafficPercent(),
                canaryPerMinute,
                finds(),
                within(minutesToFindFivefold),
                within(minutesToSafe));
    }

    private String finds() {
        double ratio = findsRatio.orElse(Double.POSITIVE_INFINITY);
        if (ratio * faultRate > 1) {
            return "its bake finds no harm by statistics, however great";
        }
        return ratio <= MANY
                ? String.format(Locale.ROOT, "its bake finds %.1f times the faults or more", ratio)
                : String.format(Locale.ROOT, "its bake finds that %.2g %% or more fail", 100 * ratio * faultRate);
    }

    private static String within(double minutes) {
        if (Double.isInfinite(minutes) || minutes > 60.0 * 24 * 365) {
            return "never";
        }
        return minutes < 120
                ? String.format(Locale.ROOT, "in %.0f min", Math.max(1, minutes))
                : String.format(Locale.ROOT, "in %.0f h", minutes / 60);
    }
}
