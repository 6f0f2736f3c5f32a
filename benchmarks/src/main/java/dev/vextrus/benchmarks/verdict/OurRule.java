package dev.vextrus.benchmarks.verdict;

import dev.vextrus.rollout.analysis.Analysis;
import dev.vextrus.rollout.analysis.Evidence;
import dev.vextrus.rollout.analysis.Metric;
import dev.vextrus.rollout.analysis.ShareModel;
import dev.vextrus.rollout.analysis.TrafficSplit;
import dev.vextrus.rollout.analysis.Verdict;
import dev.vextrus.rollout.analysis.Window;
import dev.vextrus.rollout.analysis.Window.Counts;
import dev.vextrus.rollout.analysis.Window.Exposure;
import dev.vextrus.rollout.analysis.Window.TenantCount;
import dev.vextrus.rollout.analysis.Window.TenantWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Our verdict, fed with windows whose exposures are known beforehand. Stretches without a fault are given in one piece; they
 * leave the concurrent test as it is.
 */
final class OurRule implements Rule {
    private final Analysis analysis;
    private final ShareModel shares;
    private final Population population;
    private final Exposure byHistory;
    private final Exposure byRequests;
    private final List<TenantWindow> quietTenants;
    private Evidence evidence;
    private double canaryOwed;
    private double stableOwed;
    private int quietFrom;

    OurRule(Analysis analysis, TrafficSplit split, Population population) {
        this.analysis = analysis;
        this.shares = analysis.shares(split);
        this.population = population;
        this.evidence = analysis.begin(0);
        Exposure history = Exposure.NONE;
        Exposure requests = Exposure.NONE;
        for (int i = 0; i < population.names().size(); i++) {
            double exposed = population.perSecond(i) * SimulatedTraffic.WINDOW_SECONDS;
            double expected = expected(i);
            boolean canary = i < population.canary();
            history = history.plus(canary ? expected : 0, canary ? 0 : expected);
            requests = requests.plus(canary ? exposed : 0, canary ? 0 : exposed);
        }
        this.byHistory = history;
        this.byRequests = requests;
        List<TenantWindow> quiet = new ArrayList<>();
        for (int i = 0; i < population.canary(); i++) {
            quiet.add(tenant(i, 0));
        }
        this.quietTenants = List.copyOf(quiet);
    }

    private double expected(int tenant) {
        double exposed = population.perSecond(tenant) * SimulatedTraffic.WINDOW_SECONDS;
        return shares.byHistory(Metric.FAULTS)
                ? exposed * shares.rate(population.names().get(tenant), Metric.FAULTS)
                : exposed;
    }

    private TenantWindow tenant(int index, long count) {
        double exposed = population.perSecond(index) * SimulatedTraffic.WINDOW_SECONDS;
        return new TenantWindow(
                population.names().get(index),
                Map.of(Metric.FAULTS, new TenantCount(count, expected(index), exposed, exposed)));
    }

    @Override
    public boolean abort(SimulatedTraffic traffic) {
        canaryOwed += traffic.canaryPerWindow();
        stableOwed += traffic.stablePerWindow();
        if (traffic.countedCanary + traffic.countedStable == 0) {
            return false;
        }
        if (traffic.window > quietFrom) {
            absorb(quietFrom, traffic.window - quietFrom, 0, 0, List.of());
        }
        quietFrom = traffic.window + 1;
        absorb(traffic.window, 1, traffic.countedCanary, traffic.countedStable, tenants(traffic));
        return analysis.isHarmful(evidence);
    }

    Verdict verdict() {
        return analysis.verdict(evidence);
    }

    private List<TenantWindow> tenants(SimulatedTraffic traffic) {
        if (traffic.countedCanary == 0) {
            return quietTenants;
        }
        List<TenantWindow> tenants = new ArrayList<>(quietTenants);
        for (int i = 0; i < population.canary(); i++) {
            if (traffic.countedByTenant[i] > 0) {
                tenants.set(i, tenant(i, traffic.countedByTenant[i]));
            }
        }
        return tenants;
    }

    private void absorb(int window, int length, long canary, long stable, List<TenantWindow> tenants) {
        long canaryRequests = Math.max(canary, (long) canaryOwed);
        long stableRequests = Math.max(stable, (long) stableOwed);
        canaryOwed -= canaryRequests;
        stableOwed -= stableRequests;
        Exposure history = new Exposure(byHistory.canary() * length, byHistory.stable() * length);
        Exposure requests = new Exposure(byRequests.canary() * length, byRequests.stable() * length);
        evidence = analysis.absorb(
                evidence,
                shares,
                new Window(
                        (long) window * SimulatedTraffic.WINDOW_SECONDS,
                        (long) length * SimulatedTraffic.WINDOW_SECONDS,
                        canaryRequests,
                        canaryRequests,
                        stableRequests,
                        Map.of(
                                Metric.FAULTS, new Counts(canary, stable, history, requests, requests),
                                Metric.SLOW, new Counts(0, 0, requests, requests, requests)),
                        tenants));
    }
}
