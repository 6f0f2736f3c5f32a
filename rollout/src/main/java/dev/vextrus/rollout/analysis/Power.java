package dev.vextrus.rollout.analysis;

import java.util.OptionalDouble;

/**
 * What a bake can and cannot find, before it starts: by Wald's approximation, evidence grows by the Kullback-Leibler
 * divergence between the canary's faults under the harm and under the largest ratio that is no harm.
 *
 * @param settings         what the verdict holds to
 * @param canaryPerMinute  canary requests a minute
 * @param stablePerMinute  stable requests a minute
 * @param rate             the stable release's rate of the metric, 0 to 1
 */
public record Power(AnalysisSettings settings, double canaryPerMinute, double stablePerMinute, double rate) {
    /** What mixing over the grid of ratios costs on average, in nats; the simulations' figures agree with it. */
    private static final double GRID_NATS = 0.7;

    private static final double LARGEST_RATIO = 10_000;

    /** @throws IllegalArgumentException if traffic is negative or the rate is not between 0 and 1 */
    public Power {
        if (!(canaryPerMinute >= 0 && stablePerMinute >= 0)) {
            throw new IllegalArgumentException(
                    "traffic must not be negative: " + canaryPerMinute + ", " + stablePerMinute);
        }
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate: " + rate + " is not between 0 and 1");
        }
    }

    /** Minutes in which a canary that fails {@code ratio} times as often is found, on average; infinite where never. */
    public double minutesToFind(double ratio) {
        double nats = -Math.log(settings.alpha() * (1 - settings.tenantBudget()))
                + Math.log(Metric.values().length / StartWeights.AT_START)
                + GRID_NATS;
        return nats / natsPerMinute(ratio);
    }

    /** The smallest ratio that is found within {@code minutes}; empty where not even a failure of every request is. */
    public OptionalDouble smallestRatioFound(double minutes) {
        double largest = Math.min(LARGEST_RATIO, rate > 0 ? 1 / rate : LARGEST_RATIO);
        if (largest <= settings.harmfulRatio() || minutesToFind(largest) > minutes) {
            return OptionalDouble.empty();
        }
        double low = settings.harmfulRatio();
        double high = largest;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (minutesToFind(middle) <= minutes) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return OptionalDouble.of(high);
    }

    /** Minutes until a canary as good as the stable release is shown safe under {@code metric}; infinite where never. */
    public double minutesToSafe(Metric metric) {
        long perHour = Math.round(canaryPerMinute * 60);
        long seen = 0;
        double needed = -Math.log(settings.alpha()) + 0.2;
        double harmless = settings.harmlessRate(metric);
        for (double more = 10; canaryPerMinute > 0 && more < 1000.0 * Math.max(1, perHour); more *= 1.05) {
            seen = Math.round(more);
            if (RateBound.logEValue(Math.round(rate * seen), seen, harmless) >= needed) {
                return seen / canaryPerMinute;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /**
     * The least time in which any test of the same error rate can find this harm, on average.
     *
     * @param startWeight share of the evidence's capital that starts when the harm does
     */
    public double boundMinutes(double ratio, double startWeight) {
        return (-Math.log(settings.alpha()) - Math.log(startWeight)) / natsPerMinute(ratio);
    }

    private double natsPerMinute(double ratio) {
        double all = canaryPerMinute + stablePerMinute;
        if (all <= 0 || canaryPerMinute <= 0) {
            return 0;
        }
        double share = canaryPerMinute / all;
        if (share > settings.frozenAbove()) {
            double expected = rate * canaryPerMinute;
            double r0 = settings.harmfulRatio();
            return expected * (ratio * Math.log(ratio / r0) - (ratio - r0));
        }
        double faultsPerMinute = rate * (ratio * canaryPerMinute + stablePerMinute);
        return faultsPerMinute * divergence(theta(share, ratio), theta(share, settings.harmfulRatio()));
    }

    private static double theta(double share, double ratio) {
        return share * ratio / (share * ratio + 1 - share);
    }

    private static double divergence(double p, double q) {
        return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
    }
}
