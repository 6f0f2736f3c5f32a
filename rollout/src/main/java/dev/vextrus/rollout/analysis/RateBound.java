package dev.vextrus.rollout.analysis;

import java.util.Arrays;

/**
 * An anytime-valid upper bound of a rate, from a count and the requests it was counted in.
 *
 * <p>Against "the rate is at least u" the e-value is the likelihood of the count at rates below u, mixed over a few fractions
 * of u, over its likelihood at u; every such ratio has a mean of at most 1 at u and less above it. A Poisson likelihood in
 * place of a binomial one only makes it smaller, since 1 - p x <= e^(-p x). Rates whose e-value reaches 1/alpha are excluded
 * (Howard, Ramdas, McAuliffe and Sekhon, arXiv 1810.08240, on bounds by mixtures).
 */
final class RateBound {
    private static final double[] FRACTIONS = {0, 0.05, 0.15, 0.3, 0.5};
    private static final double[] WEIGHTS = {0.4, 0.2, 0.15, 0.15, 0.1};
    private static final double[] LOG_WEIGHTS =
            Arrays.stream(WEIGHTS).map(Math::log).toArray();
    /** The first is minus infinity: a rate of 0 does not explain a single count. */
    private static final double[] LOG_FRACTIONS =
            Arrays.stream(FRACTIONS).map(Math::log).toArray();

    /** How near the bound is taken, relative to itself. */
    private static final double PRECISION = 1e-6;

    private static final long NEVER = -1;

    private RateBound() {}

    /** ln of the e-value against "the rate is at least {@code rate}". */
    static double logEValue(long count, long requests, double rate) {
        double largest = Double.NEGATIVE_INFINITY;
        double[] logs = new double[FRACTIONS.length];
        for (int i = 0; i < FRACTIONS.length; i++) {
            logs[i] =
                    LOG_WEIGHTS[i] + (count == 0 ? 0 : count * LOG_FRACTIONS[i]) + (1 - FRACTIONS[i]) * rate * requests;
            largest = Math.max(largest, logs[i]);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - largest);
        }
        return largest + Math.log(sum);
    }

    /** The smallest rate that is excluded with confidence 1 - alpha; 1 where none is. */
    static double upper(long count, long requests, double alpha) {
        double needed = -Math.log(alpha);
        double low = requests > 0 ? Math.min(1, (double) count / requests) : 1;
        double high = 1;
        if (low >= 1 || logEValue(count, requests, high) < needed) {
            return 1;
        }
        // From below, since the bound mostly lies within a few times the rate that was seen.
        for (double more = Math.max(2 * low, 4.0 / requests); more < 1; more *= 2) {
            if (logEValue(count, requests, more) >= needed) {
                high = more;
                break;
            }
            low = more;
        }
        while (high - low > PRECISION * high) {
            double middle = (low + high) / 2;
            if (logEValue(count, requests, middle) >= needed) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /**
     * Further requests until "the rate is at least {@code rate}" is excluded at the observed rate of the count.
     *
     * @return -1 where the observed rate is too near to it ever to be excluded within a billion requests
     */
    static long requestsToExclude(long count, long requests, double rate, double logThreshold) {
        double observed = requests > 0 ? (double) count / requests : 0;
        for (double more = 0, step = Math.max(1, 0.1 / rate); more < 1e9; more += step, step *= 1.1) {
            long expected = count + Math.round(observed * more);
            if (logEValue(expected, requests + Math.round(more), rate) >= logThreshold) {
                return Math.round(more);
            }
        }
        return NEVER;
    }
}
