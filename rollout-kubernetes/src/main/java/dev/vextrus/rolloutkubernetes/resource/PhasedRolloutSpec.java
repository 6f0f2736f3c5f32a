package dev.vextrus.rolloutkubernetes.resource;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants, as {@code deploy/operator/crd.yaml} describes it. Only what a cluster adds is spelled out here: the
 * rest is the local plan's, in its words, and is read by the same reader.
 *
 * @param template a {@code PodTemplateSpec}, kept as it was written; null where {@code workloadRef} names one
 * @param container the container that is released; null for the first
 * @param servingPort name of the port that customers are served on; null for {@code http}
 * @param managementPort name of the port of metrics, drain and the release contract; null for none
 * @param replicas serving replicas of the workload; null for 1
 * @param plan the words of a local plan: phases, gates, rollback and so on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PhasedRolloutSpec(
        @Nullable Map<String, Object> template,
        @Nullable WorkloadRef workloadRef,
        @Nullable String container,
        @Nullable String servingPort,
        @Nullable String managementPort,
        @Nullable String slowerThan,
        @Nullable String readyWithin,
        @Nullable Integer replicas,
        @Nullable Traffic traffic,
        @Nullable MetricsSource metrics,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> plan) {

    /** Name of the serving port where none is given. */
    public static final String SERVING_PORT = "http";

    public PhasedRolloutSpec {
        plan = plan == null ? Map.of() : new LinkedHashMap<>(plan);
    }

    /** @param kind {@code Deployment}, the only kind so far */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WorkloadRef(@Nullable String kind, String name) {}

    /**
     * Who shares the requests out; at most one router is given.
     *
     * @param service the Service that clients call; null for the resource's own name
     * @param port of that Service; null for 80
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Traffic(
            @Nullable String service,
            @Nullable Integer port,
            @Nullable Map<String, Object> replicaRatio,
            @Nullable Gateway gateway,
            @Nullable Proxy proxy) {
        public static final Traffic DEFAULT = new Traffic(null, null, null, null, null);
    }

    /**
     * @param route name of the HTTPRoute, made where it is missing
     * @param gateway that a missing route is attached to
     * @param hostnames that a missing route answers to; null for all
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Gateway(
            @Nullable String route,
            String gateway,
            @Nullable String gatewayNamespace,
            @Nullable List<String> hostnames) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Proxy(@Nullable String image, @Nullable Integer replicas) {}

    /** Where requests are counted; at most one is given, none means the pods' own metrics. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MetricsSource(
            @Nullable Pods pods, @Nullable Prometheus prometheus) {
        public static final MetricsSource DEFAULT = new MetricsSource(null, null);
    }

    /** @param port name of the port; null for the management port */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Pods(@Nullable String port, @Nullable String path) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Prometheus(String address) {}

    public int wantedReplicas() {
        return replicas == null ? 1 : replicas;
    }

    public Traffic wantedTraffic() {
        return traffic == null ? Traffic.DEFAULT : traffic;
    }

    public MetricsSource wantedMetrics() {
        return metrics == null ? MetricsSource.DEFAULT : metrics;
    }
}
