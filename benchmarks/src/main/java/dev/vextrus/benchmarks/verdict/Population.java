package dev.vextrus.benchmarks.verdict;

import dev.vextrus.rollout.analysis.Baselines;
import dev.vextrus.rollout.cohort.Cohorts;
import dev.vextrus.rollout.plan.CohortRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tenants of log-normal sizes and fault rates, and the cohort that makes the canary's share of their traffic. */
final class Population {
    private static final double SIZE_LOG_SD = 1.5;
    private static final long DAY_SECONDS = 86_400;
    private static final int HISTORY_DAYS = 7;

    private final List<String> names;
    private final int canary;
    private final double[] perSecond;
    private final double[] rates;

    private Population(List<String> names, int canary, double[] perSecond, double[] rates) {
        this.names = List.copyOf(names);
        this.canary = canary;
        this.perSecond = perSecond;
        this.rates = rates;
    }

    static Population draw(Scenario scenario, Draws draws) {
        int count = scenario.tenants();
        double[] sizes = new double[count];
        double[] rates = new double[count];
        Map<String, Long> traffic = new HashMap<>();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sizes[i] = Math.exp(SIZE_LOG_SD * draws.normal());
            rates[i] = Math.exp(scenario.spread() * draws.normal());
            all.add("t" + i);
            traffic.put("t" + i, Math.round(1e6 * sizes[i]));
        }
        Set<String> cohort =
                Set.copyOf(Cohorts.grow(traffic, List.of(), scenario.weight(), CohortRules.DEFAULTS, "simulation"));
        List<String> names =
                new ArrayList<>(all.stream().filter(cohort::contains).toList());
        all.stream().filter(name -> !cohort.contains(name)).forEach(names::add);
        double cohortSize = 0;
        double total = 0;
        double faults = 0;
        double[] orderedSizes = new double[count];
        double[] orderedRates = new double[count];
        for (int i = 0; i < count; i++) {
            int from = all.indexOf(names.get(i));
            orderedSizes[i] = sizes[from];
            orderedRates[i] = rates[from];
            cohortSize += i < cohort.size() ? sizes[from] : 0;
            total += sizes[from];
            faults += sizes[from] * rates[from];
        }
        for (int i = 0; i < count; i++) {
            orderedSizes[i] *= scenario.canaryPerMinute() / 60 / cohortSize;
            orderedRates[i] = Math.min(0.5, orderedRates[i] * Scenario.BASE_RATE * total / faults);
        }
        return new Population(names, cohort.size(), orderedSizes, orderedRates);
    }

    /** The tenants, those of the cohort first. */
    List<String> names() {
        return names;
    }

    /** How many of them are in the cohort. */
    int canary() {
        return canary;
    }

    double perSecond(int tenant) {
        return perSecond[tenant];
    }

    /** The tenant's fault rate under the stable release, before any drift. */
    double rate(int tenant) {
        return rates[tenant];
    }

    Set<String> cohort() {
        return Set.copyOf(names.subList(0, canary));
    }

    Baselines history(Scenario scenario, Draws draws) {
        return switch (scenario.history()) {
            case NONE -> Baselines.none();
            case EXACT -> exact();
            case WEEK -> week(scenario, draws);
        };
    }

    private Baselines exact() {
        Map<String, Baselines.Counts> counts = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            long requests = Math.round(1e9 * perSecond[i] / perSecond[0]) + 1_000_000;
            counts.put(names.get(i), new Baselines.Counts(requests, Math.round(requests * rates[i]), 0));
        }
        return new Baselines(counts, Map.of());
    }

    private Baselines week(Scenario scenario, Draws draws) {
        List<Map<String, Baselines.Counts>> days = new ArrayList<>();
        for (int day = 0; day < HISTORY_DAYS; day++) {
            Map<String, Baselines.Counts> counts = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                double drift = scenario.driftInHistory() ? Math.exp(scenario.driftLogSd() * draws.normal()) : 1;
                long requests = Math.round(perSecond[i] * DAY_SECONDS);
                long faults = Math.min(requests, draws.poisson(rates[i] * drift * requests));
                counts.put(names.get(i), new Baselines.Counts(requests, faults, 0));
            }
            days.add(counts);
        }
        return Baselines.ofDays(days);
    }
}
