package dev.vextrus.rollout.analysis;

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
    private static final long NEVER = -1;

    private RateBound() {}

    /** ln of the e-value against "the rate is at least {@code rate}". */
    static double logEValue(long count, long requests, double rate) {
        double log = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < FRACTIONS.length; i++) {
            if (count == 0 || FRACTIONS[i] > 0) {
                double change = count == 0 ? 0 : count * Math.log(FRACTIONS[i]);
                log = Numerics.logAddExp(log, Math.log(WEIGHTS[i]) + change + (1 - FRACTIONS[i]) * rate * requests);
            }
        }
        return log;
    }

    /** The smallest rate that is excluded with confidence 1 - alpha; 1 where none is. */
    static double upper(long count, long requests, double alpha) {
        double needed = -Math.log(alpha);
        double low = requests > 0 ? Math.min(1, (double) count / requests) : 1;
        double high = 1;
        if (low >= 1 || logEValue(count, requests, high) < needed) {
            return 1;
        }
        for (int i = 0; i < 60 && high - low > 1e-9 * high; i++) {
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
