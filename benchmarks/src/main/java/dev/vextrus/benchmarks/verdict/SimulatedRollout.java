package dev.vextrus.benchmarks.verdict;

import dev.vextrus.rollout.analysis.Analysis;
import dev.vextrus.rollout.analysis.AnalysisSettings;
import dev.vextrus.rollout.analysis.Power;
import dev.vextrus.rollout.analysis.TrafficSplit;
import dev.vextrus.rollout.analysis.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One rollout of 48 hours under a scenario, seen by our verdict and by the rivals' rules at once. */
final class SimulatedRollout {
    private static final int WINDOWS = Scenario.HOURS * 3600 / SimulatedTraffic.WINDOW_SECONDS;
    private static final int SAFE_LOOK_WINDOWS = 60;
    static final double NEVER = Double.NaN;

    private SimulatedRollout() {}

    /**
     * @param minutes      by rule, ours first: minutes from the rollout's start to the abort; NaN where there was none
     * @param boundMinutes the information bound, from the harm's start on
     * @param safeMinutes  when a good release was called safe; NaN where it was not, or was not asked
     * @param oneTenant    whether our abort was for single tenants
     */
    record Outcome(List<Double> minutes, double boundMinutes, double safeMinutes, boolean oneTenant) {}

    static Outcome run(Scenario scenario, AnalysisSettings settings, long seed, boolean rivals) {
        Draws draws = new Draws(seed);
        Population population = Population.draw(scenario, draws);
        Analysis analysis = new Analysis(settings, population.history(scenario, draws));
        SimulatedTraffic traffic = new SimulatedTraffic(scenario, population, draws, settings.capPerWindow());
        TrafficSplit split = TrafficSplit.byTenant(scenario.weight(), population.cohort());
        OurRule ours = new OurRule(analysis, split, population);
        List<Rule> rules = new ArrayList<>(List.of(ours));
        if (rivals) {
            rules.add(FailedChecksRule.likeArgo());
            rules.add(FailedChecksRule.likeFlagger());
        }
        double[] minutes = new double[rules.size()];
        Arrays.fill(minutes, NEVER);
        double safe = NEVER;
        int running = rules.size();
        while (traffic.window + 1 < WINDOWS && running > 0) {
            traffic.next();
            double minute = (traffic.window + 1) * SimulatedTraffic.WINDOW_SECONDS / 60.0;
            for (int i = 0; i < rules.size(); i++) {
                if (Double.isNaN(minutes[i]) && rules.get(i).abort(traffic)) {
                    minutes[i] = minute;
                    running--;
                }
            }
            boolean look = scenario.ratio() == 1 && traffic.window % SAFE_LOOK_WINDOWS == 0;
            if (look && Double.isNaN(safe) && ours.verdict() instanceof Verdict.Safe) {
                safe = minute;
            }
        }
        boolean oneTenant = ours.verdict() instanceof Verdict.Harmful harmful
                && !harmful.tenants().isEmpty();
        return new Outcome(
                Arrays.stream(minutes).boxed().toList(), bound(scenario, settings, traffic), safe, oneTenant);
    }

    private static double bound(Scenario scenario, AnalysisSettings settings, SimulatedTraffic traffic) {
        double startWeight = scenario.harmHour() == 0 ? 0.5 : 0.5 / Scenario.HOURS;
        return scenario.ratio() <= settings.harmfulRatio()
                ? NEVER
                : new Power(settings, traffic.faultsPerMinute(true), traffic.faultsPerMinute(false), 1)
                        .boundMinutes(scenario.ratio(), startWeight);
    }
}
