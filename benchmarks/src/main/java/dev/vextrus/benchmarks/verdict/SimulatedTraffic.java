package dev.vextrus.benchmarks.verdict;

import java.util.Arrays;

/**
 * Draws what both tracks do, ten seconds at a time. The fields hold the last window: raw counts are what a counter of
 * failed requests shows; counted ones are grouped by key and capped.
 */
final class SimulatedTraffic {
    static final int WINDOW_SECONDS = 10;
    private static final int DAY_WINDOWS = 86_400 / WINDOW_SECONDS;
    private static final int INCIDENT_HOUR = 12;
    private static final int OUTAGE_SECONDS = 20 * 60;
    private static final int NOISE_SECONDS = 60 * 60;

    private final Scenario scenario;
    private final Population population;
    private final Draws draws;
    private final int cap;
    private final double canaryPerWindow;
    private final double stablePerWindow;
    private final double[] drift;
    private final double[] canaryCumulated;
    private final double[] requestsCumulated;
    private double stableFaultsPerWindow;

    int window = -1;
    long rawCanary;
    long rawStable;
    long countedCanary;
    long countedStable;
    final long[] countedByTenant;

    SimulatedTraffic(Scenario scenario, Population population, Draws draws, int cap) {
        this.scenario = scenario;
        this.population = population;
        this.draws = draws;
        this.cap = cap;
        this.drift = new double[population.names().size()];
        this.countedByTenant = new long[population.canary()];
        this.canaryCumulated = new double[population.canary()];
        this.requestsCumulated = new double[population.canary()];
        double canary = 0;
        double stable = 0;
        for (int i = 0; i < population.names().size(); i++) {
            if (i < population.canary()) {
                canary += population.perSecond(i) * WINDOW_SECONDS;
                requestsCumulated[i] = canary;
            } else {
                stable += population.perSecond(i) * WINDOW_SECONDS;
            }
        }
        this.canaryPerWindow = canary;
        this.stablePerWindow = stable;
    }

    double canaryPerWindow() {
        return canaryPerWindow;
    }

    double stablePerWindow() {
        return stablePerWindow;
    }

    /** Faults a minute that the two tracks' tenants have under the stable release, before any drift. */
    double faultsPerMinute(boolean canary) {
        double sum = 0;
        for (int i = canary ? 0 : population.canary(); i < (canary ? population.canary() : drift.length); i++) {
            sum += population.perSecond(i) * population.rate(i) * 60;
        }
        return sum;
    }

    long requests(boolean canary) {
        return draws.poisson(canary ? canaryPerWindow : stablePerWindow);
    }

    void next() {
        window++;
        if (window == 0 || (scenario.driftInHistory() && window % DAY_WINDOWS == 0)) {
            drawDrift();
        }
        long second = (long) window * WINDOW_SECONDS;
        boolean harmed = second >= scenario.harmHour() * 3600;
        boolean outage = during(second, OUTAGE_SECONDS) && scenario.outageRate() > 0;
        boolean noisy = during(second, NOISE_SECONDS) && scenario.noisyFactor() > 1;
        rawCanary = 0;
        rawStable = 0;
        countedCanary = 0;
        countedStable = 0;
        Arrays.fill(countedByTenant, 0);
        double ratio = harmed ? scenario.ratio() : 1;
        drawCanary(canaryCumulated, canaryCumulated[canaryCumulated.length - 1] * ratio);
        drawStable(stableFaultsPerWindow);
        if (outage) {
            drawCanary(requestsCumulated, canaryPerWindow * scenario.outageRate());
            drawStable(stablePerWindow * scenario.outageRate());
        }
        if (noisy) {
            double[] only = new double[1];
            only[0] = canaryCumulated[0] * (scenario.noisyFactor() - 1);
            drawCanary(only, only[0]);
        }
    }

    private static boolean during(long second, int length) {
        return second >= INCIDENT_HOUR * 3600 && second < INCIDENT_HOUR * 3600 + length;
    }

    private void drawDrift() {
        double canary = 0;
        stableFaultsPerWindow = 0;
        for (int i = 0; i < drift.length; i++) {
            drift[i] = scenario.driftLogSd() > 0 ? Math.exp(scenario.driftLogSd() * draws.normal()) : 1;
            double faults = population.perSecond(i) * WINDOW_SECONDS * population.rate(i) * drift[i];
            if (i < population.canary()) {
                canary += faults;
                canaryCumulated[i] = canary;
            } else {
                stableFaultsPerWindow += faults;
            }
        }
    }

    private void drawCanary(double[] cumulated, double mean) {
        for (long event = events(mean); event > 0; event--) {
            int tenant = draws.index(cumulated);
            long size = size();
            long counted = counted(size);
            rawCanary += size * (1 + scenario.retries());
            countedCanary += counted;
            countedByTenant[tenant] += counted;
        }
    }

    private void drawStable(double mean) {
        for (long event = events(mean); event > 0; event--) {
            long size = size();
            rawStable += size * (1 + scenario.retries());
            countedStable += counted(size);
        }
    }

    /** Half of the faults come in bursts, so there are fewer events than faults. */
    private long events(double mean) {
        return draws.poisson(scenario.burstSize() > 1 ? mean / 2 * (1 + 1 / scenario.burstSize()) : mean);
    }

    private long size() {
        boolean burst = scenario.burstSize() > 1 && draws.uniform() < 1 / (1 + scenario.burstSize());
        return burst ? draws.geometric(scenario.burstSize()) : 1;
    }

    private long counted(long size) {
        return scenario.grouped() ? Math.min(size, cap) : size * (1 + scenario.retries());
    }
}
