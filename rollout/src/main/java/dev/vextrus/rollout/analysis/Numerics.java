package dev.vextrus.rollout.analysis;

/** The few special functions that the tests need, in log space where they would overflow. */
final class Numerics {
    private static final double[] STIRLING = {1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680};

    private Numerics() {}

    /** ln(e^a + e^b) without overflow. */
    static double logAddExp(double a, double b) {
        double larger = Math.max(a, b);
        return larger == Double.NEGATIVE_INFINITY ? larger : larger + Math.log1p(Math.exp(-Math.abs(a - b)));
    }

    /**
     * ln of the gamma function for x > 0, by Stirling's series after shifting x above 10 (Abramowitz and Stegun 6.1.41);
     * the relative error is below 1e-11.
     */
    static double logGamma(double x) {
        double shift = 0;
        double shifted = x;
        while (shifted < 10) {
            shift += Math.log(shifted);
            shifted++;
        }
        double series = 0;
        double power = shifted;
        for (double term : STIRLING) {
            series += term / power;
            power *= shifted * shifted;
        }
        return (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series - shift;
    }

    /** P(X >= count) for a Poisson X of that mean. */
    static double poissonAtLeast(long count, double mean) {
        if (count <= 0) {
            return 1;
        }
        if (mean <= 0) {
            return 0;
        }
        if (count <= mean) {
            return 1 - poissonAtMost(count - 1, mean);
        }
        double term = Math.exp(count * Math.log(mean) - mean - logGamma(count + 1.0));
        double sum = 0;
        for (long k = count; term > sum * 1e-16 && term > 0; k++) {
            sum += term;
            term *= mean / (k + 1);
        }
        return Math.min(1, sum);
    }

    /** P(X <= count) for a Poisson X of that mean. */
    static double poissonAtMost(long count, double mean) {
        if (count < 0) {
            return 0;
        }
        if (mean <= 0) {
            return 1;
        }
        if (count > mean) {
            return 1 - poissonAtLeast(count + 1, mean);
        }
        double term = Math.exp(count * Math.log(mean) - mean - logGamma(count + 1.0));
        double sum = 0;
        for (long k = count; k >= 0 && term > sum * 1e-16; k--) {
            sum += term;
            term *= k / mean;
        }
        return Math.min(1, sum);
    }

    /** Mean of min(X, cap) for a Poisson X of that mean. */
    static double cappedMean(double mean, int cap) {
        double expected = 0;
        double tail = 1;
        double term = Math.exp(-mean);
        for (int k = 1; k <= cap; k++) {
            tail -= term;
            expected += Math.max(0, tail);
            term *= mean / k;
        }
        return expected;
    }

    /**
     * Upper quantile of a gamma variable of mean 1 and the given variance, {@code z} standard normal deviations up
     * (Wilson and Hilferty 1931). With {@code z} negative, the lower one, not below 0.
     */
    static double gammaQuantile(double variance, double z) {
        double root = 1 - variance / 9 + z * Math.sqrt(variance) / 3;
        return root <= 0 ? 0 : root * root * root;
    }
}
