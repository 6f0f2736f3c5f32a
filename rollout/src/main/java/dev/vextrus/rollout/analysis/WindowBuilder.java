package dev.vextrus.rollout.analysis;

import dev.vextrus.rollout.analysis.Window.Counts;
import dev.vextrus.rollout.analysis.Window.Exposure;
import dev.vextrus.rollout.analysis.Window.TenantCount;
import dev.vextrus.rollout.analysis.Window.TenantWindow;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Makes a {@link Window} of one second's samples.
 *
 * <p>Where a count met the cap k, counts no longer grow with requests, so neither may exposures: a cell of n requests is
 * then exposed by the mean of min(Poisson(lambda n), k), lambda being the common rate that explains all that was counted.
 * Without this a large tenant at its cap would make the small ones look ill in an outage that both tracks share.
 */
final class WindowBuilder {
    private final ShareModel model;
    private final int cap;

    WindowBuilder(ShareModel model, int cap) {
        this.model = model;
        this.cap = cap;
    }

    Window build(long second, List<TrafficSample> samples) {
        long canaryRequests = 0;
        long boundedRequests = 0;
        long stableRequests = 0;
        for (TrafficSample sample : samples) {
            if (sample.track() == Track.CANARY) {
                canaryRequests += sample.requests();
                boundedRequests += sample.capped() ? 0 : sample.requests();
            } else {
                stableRequests += sample.requests();
            }
        }
        Map<Metric, Counts> metrics = new EnumMap<>(Metric.class);
        Map<String, Map<Metric, TenantCount>> tenants = new TreeMap<>();
        for (Metric metric : Metric.values()) {
            metrics.put(metric, counts(metric, samples, tenants));
        }
        List<TenantWindow> tenantWindows = tenants.entrySet().stream()
                .map(entry -> new TenantWindow(entry.getKey(), entry.getValue()))
                .toList();
        return new Window(second, 1, canaryRequests, boundedRequests, stableRequests, metrics, tenantWindows);
    }

    private Counts counts(Metric metric, List<TrafficSample> samples, Map<String, Map<Metric, TenantCount>> tenants) {
        ToDoubleFunction<TrafficSample> byHistory = model.byHistory(metric)
                ? exposure(samples, metric, sample -> model.rate(sample.tenant(), metric) * sample.requests())
                : exposure(samples, metric, TrafficSample::requests);
        ToDoubleFunction<TrafficSample> byRequests = exposure(samples, metric, TrafficSample::requests);
        long canary = 0;
        long stable = 0;
        Exposure history = Exposure.NONE;
        Exposure requests = Exposure.NONE;
        Exposure most = Exposure.NONE;
        boolean byTenant = model.split().mode() == TrafficSplit.Mode.BY_TENANT;
        for (TrafficSample sample : samples) {
            double expected = byHistory.applyAsDouble(sample);
            double exposed = byRequests.applyAsDouble(sample);
            int largest = Math.min(cap, sample.requests());
            if (sample.track() == Track.CANARY) {
                canary += sample.count(metric);
                history = history.plus(expected, 0);
                requests = requests.plus(exposed, 0);
                most = most.plus(largest, 0);
                if (byTenant) {
                    TenantCount count = new TenantCount(sample.count(metric), expected, exposed, largest);
                    tenants.computeIfAbsent(sample.tenant(), t -> new EnumMap<>(Metric.class))
                            .merge(metric, count, WindowBuilder::sum);
                }
            } else {
                stable += sample.count(metric);
                history = history.plus(0, expected);
                requests = requests.plus(0, exposed);
                most = most.plus(0, largest);
            }
        }
        return new Counts(canary, stable, history, requests, most);
    }

    private static TenantCount sum(TenantCount a, TenantCount b) {
        return new TenantCount(
                a.count() + b.count(),
                a.byHistory() + b.byHistory(),
                a.byRequests() + b.byRequests(),
                a.most() + b.most());
    }

    /** The exposure of each sample: {@code size} itself, or bent by the cap where a count met it. */
    private ToDoubleFunction<TrafficSample> exposure(
            List<TrafficSample> samples, Metric metric, ToDoubleFunction<TrafficSample> size) {
        boolean capped = samples.stream().anyMatch(sample -> sample.capped() && sample.count(metric) >= cap);
        if (!capped) {
            return size;
        }
        double counted =
                samples.stream().mapToLong(sample -> sample.count(metric)).sum();
        double low = 0;
        double high = 1;
        while (total(samples, size, high) < counted && high < 1e9) {
            high *= 4;
        }
        for (int i = 0; i < 40; i++) {
            double middle = (low + high) / 2;
            if (total(samples, size, middle) < counted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double level = high;
        return sample -> bent(sample, level * size.applyAsDouble(sample));
    }

    private double total(List<TrafficSample> samples, ToDoubleFunction<TrafficSample> size, double level) {
        double total = 0;
        for (TrafficSample sample : samples) {
            total += bent(sample, level * size.applyAsDouble(sample));
        }
        return total;
    }

    private double bent(TrafficSample sample, double mean) {
        return Numerics.cappedMean(mean, Math.min(cap, sample.requests()));
    }
}
