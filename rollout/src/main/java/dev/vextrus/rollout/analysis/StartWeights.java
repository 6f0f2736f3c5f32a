package dev.vextrus.rollout.analysis;

/**
 * How the evidence's capital is spread over the times at which harm may begin: half at the rollout's start, half over
 * its planned length, evenly for three quarters of that and then ever thinner, so that it never runs out.
 *
 * @param plannedSeconds the rollout's planned length
 */
record StartWeights(long plannedSeconds) {
    static final double AT_START = 0.5;
    private static final double EVEN_PART = 0.75;

    /** Share of the capital whose start lies at or before {@code elapsedSeconds}. */
    double spent(long elapsedSeconds) {
        double fraction = Math.max(0, elapsedSeconds) / (double) plannedSeconds;
        double late = fraction <= EVEN_PART
                ? fraction
                : 1 - (1 - EVEN_PART) * Math.exp(-(fraction - EVEN_PART) / (1 - EVEN_PART));
        return AT_START + (1 - AT_START) * late;
    }
}
