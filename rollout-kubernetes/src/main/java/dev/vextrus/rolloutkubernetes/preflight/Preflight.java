package dev.vextrus.rolloutkubernetes.preflight;

import dev.vextrus.rollout.observation.TrackTotals;
import dev.vextrus.rollout.observation.TrafficBatch;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.plan.RunSpec;
import dev.vextrus.rollout.port.Metrics;
import dev.vextrus.rollout.port.MetricsUnavailable;
import dev.vextrus.rollout.port.Target;
import dev.vextrus.rollout.preflight.Check;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.Names;
import dev.vextrus.rolloutkubernetes.workload.RouterChoice;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The checklist before a rollout, asked of the cluster; changes nothing that stays. */
public final class Preflight {
    /** Name of the check of the phases' shares. */
    public static final String WEIGHT = "weight";

    private final KubernetesClient cluster;
    private final ClusterWorkloadSettings settings;
    private final Target target;
    private final Metrics metrics;

    public Preflight(KubernetesClient cluster, ClusterWorkloadSettings settings, Target target, Metrics metrics) {
        this.cluster = cluster;
        this.settings = settings;
        this.target = target;
        this.metrics = metrics;
    }

    /**
     * Every check; one that cannot be made fails and says why.
     *
     * @param requestsPerMinute that the workload has; empty where it is to be measured
     */
    public List<Check> run(RolloutPlan plan, OptionalDouble requestsPerMinute) {
        List<Check> checks = new ArrayList<>(before(plan));
        Check counted = metrics();
        checks.add(counted);
        if (counted.outcome() == Check.Outcome.OK || requestsPerMinute.isPresent()) {
            checks.addAll(PlanChecks.power(plan, requestsPerMinute.orElseGet(this::measured), faultRate()));
        }
        return checks;
    }

    /** What can be checked before anything of the workload serves: all but its traffic. */
    public List<Check> before(RolloutPlan plan) {
        List<Check> checks = new ArrayList<>();
        checks.add(guarded("permissions", () -> Permissions.check(cluster, settings.namespace(), settings.router())));
        checks.addAll(PlanChecks.weights(plan, settings.router()));
        checks.add(PlanChecks.cohorts(plan, target.capabilities().tenantCohorts()));
        checks.add(guarded("router", this::router));
        checks.add(guarded("service", this::service));
        template(plan.canary())
                .ifPresentOrElse(
                        template -> {
                            checks.add(guarded("secrets", () -> references(template)));
                            checks.add(guarded("image", () -> ImageCheck.check(cluster, settings, template.getSpec())));
                            checks.add(guarded("disruption-budget", () -> disruption(plan, template)));
                        },
                        () -> checks.add(Check.failed(
                                "release",
                                "the new release is no pod template",
                                "give the plan a template or a workloadRef")));
        return checks;
    }

    private Check router() {
        return switch (settings.router()) {
            case RouterChoice.ReplicaRatio _ ->
                Check.ok("router", "shares are made by the number of pods behind service " + settings.service());
            case RouterChoice.Proxy proxy -> Check.ok("router", "vextrus's proxy, " + proxy.replicas() + " pods of it");
            case RouterChoice.Gateway gateway -> gateway(gateway);
        };
    }

    private Check gateway(RouterChoice.Gateway choice) {
        String name = choice.gatewayNamespace() + "/" + choice.gateway();
        boolean there = cluster.resources(Gateway.class)
                        .inNamespace(choice.gatewayNamespace())
                        .withName(choice.gateway())
                        .get()
                != null;
        return there
                ? Check.ok("router", "gateway " + name + " is there")
                : Check.failed(
                        "router",
                        "there is no gateway " + name,
                        "name one of 'kubectl get gateways --all-namespaces'; without any, leave traffic.gateway out");
    }

    private static Check guarded(String name, Supplier<Check> check) {
        try {
            return check.get();
        } catch (KubernetesClientException refused) {
            return Check.failed(
                    name, "the cluster does not say: " + refused.getMessage(), "see the permissions, and try again");
        }
    }

    private static java.util.Optional<PodTemplateSpec> template(ReleaseSpec release) {
        return switch (release.run()) {
            case RunSpec.PodTemplate template ->
                java.util.Optional.of(Serialization.unmarshal(template.template(), PodTemplateSpec.class));
            case RunSpec.Program _ -> java.util.Optional.empty();
        };
    }

    private Check service() {
        Service service = cluster.services()
                .inNamespace(settings.namespace())
                .withName(settings.service())
                .get();
        if (service == null) {
            return Check.ok("service", "service " + settings.service() + " does not exist and will be made");
        }
        boolean sticky = "ClientIP".equals(service.getSpec().getSessionAffinity());
        return sticky && settings.router() instanceof RouterChoice.ReplicaRatio
                ? Check.failed(
                        "service",
                        "service " + settings.service() + " keeps clients on a pod by their address, so shares of pods"
                                + " are no shares of requests",
                        "set sessionAffinity: None, or choose a router (gateway, proxy)")
                : Check.ok("service", "service " + settings.service() + " spreads its clients");
    }

    private Check references(PodTemplateSpec template) {
        List<String> missing = new ArrayList<>();
        for (String name : TemplateReferences.secrets(template.getSpec())) {
            if (cluster.secrets()
                            .inNamespace(settings.namespace())
                            .withName(name)
                            .get()
                    == null) {
                missing.add("secret " + name);
            }
        }
        for (String name : TemplateReferences.configMaps(template.getSpec())) {
            if (cluster.configMaps()
                            .inNamespace(settings.namespace())
                            .withName(name)
                            .get()
                    == null) {
                missing.add("configmap " + name);
            }
        }
        return missing.isEmpty()
                ? Check.ok("secrets", "everything that the template names is there")
                : Check.failed(
                        "secrets",
                        "missing in " + settings.namespace() + ": " + String.join(", ", missing),
                        "create it, or mark it optional in the template");
    }

    private Check disruption(RolloutPlan plan, PodTemplateSpec template) {
        Map<String, String> labels = new HashMap<>();
        if (template.getMetadata() != null && template.getMetadata().getLabels() != null) {
            labels.putAll(template.getMetadata().getLabels());
        }
        labels.put(Names.ROLLOUT, settings.name());
        labels.put("app.kubernetes.io/name", Names.labelValue(plan.canary().name()));
        List<PodDisruptionBudget> budgets =
                cluster.policy().v1().podDisruptionBudget().inNamespace(settings.namespace()).list().getItems().stream()
                        .filter(budget -> selects(budget.getSpec().getSelector(), labels))
                        .toList();
        return PlanChecks.disruption(budgets, plan.stableReplicas());
    }

    /** By its labels alone; one that uses expressions is taken to select. */
    private static boolean selects(@Nullable LabelSelector selector, Map<String, String> labels) {
        if (selector == null) {
            return false;
        }
        Map<String, String> wanted = selector.getMatchLabels();
        return wanted == null || labels.entrySet().containsAll(Set.copyOf(wanted.entrySet()));
    }

    private Check metrics() {
        try {
            metrics.after(0);
            return Check.ok("metrics", "the traffic's counts are told");
        } catch (MetricsUnavailable silence) {
            return Check.failed(
                    "metrics",
                    "the traffic cannot be watched: " + silence.getMessage(),
                    "mend what counts it: without counts a rollout holds and never promotes");
        }
    }

    /** Of what is kept; 0 where nothing was counted. */
    private double measured() {
        TrafficBatch batch = metrics.after(0);
        long seconds =
                batch.tracks().stream().mapToLong(w -> w.second()).distinct().count();
        long requests = batch.tracks().stream().mapToLong(w -> w.keys()).sum();
        return seconds == 0 ? 0 : requests * 60.0 / seconds;
    }

    private double faultRate() {
        try {
            long requests = 0;
            long failed = 0;
            for (TrackTotals totals : metrics.totals().values()) {
                requests += totals.requests();
                failed += totals.failed();
            }
            return (failed + 0.5) / (requests + 500.0);
        } catch (MetricsUnavailable unknown) {
            return 0.001;
        }
    }
}
