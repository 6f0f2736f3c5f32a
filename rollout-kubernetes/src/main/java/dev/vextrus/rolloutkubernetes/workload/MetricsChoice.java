package dev.vextrus.rolloutkubernetes.workload;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where the traffic's counts come from. */
public sealed interface MetricsChoice {

    /** Our own proxy's counts, over all of its pods; only where it is the router. Knows tenants. */
    record FromProxy() implements MetricsChoice {}

    /**
     * The releases' own counters, scraped from each pod every second. A pod that dies takes the last second's failures
     * with it; the crash itself is seen by the target.
     *
     * @param port name of the container port; null for the release's management port
     * @param path such as {@code /metrics}
     */
    record FromPods(@Nullable String port, String path) implements MetricsChoice {}

    /**
     * A Prometheus server that scrapes the pods and keeps their labels {@code color} and {@code version}.
     *
     * @param address of its HTTP API, such as {@code http://prometheus.monitoring:9090}
     * @param selector of the workload's series, such as {@code namespace="shop",job="finance"}
     */
    record FromPrometheus(URI address, String selector) implements MetricsChoice {}
}
