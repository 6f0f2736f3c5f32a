package dev.vextrus.finance.ops;

import dev.vextrus.finance.http.InFlight;
import dev.vextrus.finance.settings.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The metrics' registry and the management address. */
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    @Bean
    PrometheusMeterRegistry meterRegistry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        return registry;
    }

    @Bean
    JvmGcMetrics gcMetrics(MeterRegistry meterRegistry) {
        JvmGcMetrics metrics = new JvmGcMetrics();
        metrics.bindTo(meterRegistry);
        return metrics;
    }

    @Bean
    ManagementServer managementServer(
            Settings settings,
            Health health,
            InFlight inFlight,
            PrometheusMeterRegistry meterRegistry,
            ObjectProvider<RolloutRoutes> rollout) {
        Gauge.builder("http.requests.in.flight", inFlight, InFlight::count)
                .description("Requests under way on the public address.")
                .register(meterRegistry);
        List<Route> routes = new ArrayList<>(List.of(
                new Route("GET", "/health", request -> health.full()),
                new Route("GET", "/health/full", request -> health.full()),
                new Route("GET", "/health/live", request -> health.live()),
                new Route("GET", "/health/ready", request -> health.ready()),
                new Route("GET", "/metrics", request -> scrape(meterRegistry)),
                new Route("POST", "/rollout/v1/drain", request -> drain(inFlight)),
                new Route("GET", "/lifecycle/pre-stop", new PreStop(inFlight))));
        rollout.ifAvailable(offered -> routes.addAll(offered.routes()));
        return new ManagementServer(settings.management(), routes);
    }

    private static Answer scrape(PrometheusMeterRegistry registry) {
        return new Answer(200, PROMETHEUS_TEXT, registry.scrape());
    }

    private static Answer drain(InFlight inFlight) {
        inFlight.drain();
        return Answer.json(202, Map.of("draining", true, "inFlight", inFlight.count()));
    }
}
