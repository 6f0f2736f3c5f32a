package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.planfile.Problem;
import dev.vextrus.rollout.planfile.Reading;
import dev.vextrus.rollout.port.TargetUnavailable;
import dev.vextrus.rollout.preflight.Check;
import dev.vextrus.rolloutkubernetes.cluster.ClusterWorkload;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import dev.vextrus.rolloutkubernetes.workload.ClusterWorkloadSettings;
import dev.vextrus.rolloutkubernetes.workload.Standing;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The checklist of a {@code PhasedRollout}, gone through by whoever is about to apply it or to change its template: what the
 * operator would do is asked of the cluster beforehand. Nothing stays changed.
 */
public final class ResourcePreflight {
    /** Name of the check that says what an adoption will do. */
    public static final String ADOPTION = "adoption";

    private final KubernetesClient client;
    private final PhasedRollout resource;
    private final List<Check> checks = new ArrayList<>();

    private ResourcePreflight(KubernetesClient client, PhasedRollout resource) {
        this.client = client;
        this.resource = resource;
    }

    /** Lets time pass while the traffic is counted. */
    @FunctionalInterface
    public interface Watching {
        void watch() throws InterruptedException;
    }

    /**
     * Every check; one that cannot be made fails and says why.
     *
     * @param resource with its namespace, as it is or is to be
     * @param requestsPerMinute that the workload has; empty where it is to be measured
     * @param watching called once, where something serves whose traffic can be counted
     */
    public static List<Check> run(
            KubernetesClient client,
            PhasedRollout resource,
            OptionalDouble requestsPerMinute,
            InstantSource clock,
            Watching watching)
            throws InterruptedException {
        ResourcePreflight preflight = new ResourcePreflight(client, resource);
        try {
            preflight.check(requestsPerMinute, clock, watching);
        } catch (IllegalArgumentException unfit) {
            preflight.checks.add(Check.failed("plan", String.valueOf(unfit.getMessage()), "mend the resource"));
        } catch (KubernetesClientException | TargetUnavailable silence) {
            preflight.checks.add(Check.failed(
                    "cluster",
                    "the cluster does not say: " + silence.getMessage(),
                    "see that it answers and what you may do in it, and try again"));
        }
        return List.copyOf(preflight.checks);
    }

    private void check(OptionalDouble requestsPerMinute, InstantSource clock, Watching watching)
            throws InterruptedException {
        rival();
        checks.add(OperatorLease.check(client, resource.getMetadata().getNamespace(), clock.instant()));
        ClusterWorkloadSettings settings = ClusterWorkloads.settings(resource);
        ReleaseSpec wanted = ReleaseOfTemplate.of(
                resource.getMetadata().getName(), resource.getSpec(), Desired.template(client, resource));
        try (ClusterWorkload workload = ClusterWorkload.open(client, settings, clock)) {
            TargetView view = workload.target().observe();
            Routing routing = view.routing();
            Optional<ReleaseSpec> stable = routing == null
                    ? Optional.empty()
                    : Standing.look(client, settings).ordered(routing.stable());
            RolloutPlan plan = plan(stable.orElse(wanted), wanted);
            checks.add(release(stable, wanted));
            ReferencedDeployment.of(client, resource)
                    .filter(deployment -> deployment.replicas() > 0)
                    .ifPresent(deployment -> checks.add(adoption(deployment)));
            if (routing == null || stable.isEmpty()) {
                checks.addAll(workload.preflight().before(plan));
                return;
            }
            checks.add(ready(view.ready(routing.stable()), plan.stableReplicas()));
            watching.watch();
            checks.addAll(workload.preflight().run(plan, requestsPerMinute));
        }
    }

    /** What the operator will do, in its order. */
    private Check adoption(ReferencedDeployment deployment) {
        int pods = resource.getSpec().wantedReplicas();
        String service = Rivals.service(resource);
        if (!deployment.ready(deployment.replicas())) {
            return Check.failed(
                    ADOPTION,
                    deployment.title() + " has not all its pods ready, so its release cannot be known to work",
                    "let its own rollout end first: kubectl rollout status " + deployment.title());
        }
        List<String> others = deployment.servicesBeside(service);
        String what = pods + " pods of " + deployment.title() + "'s template come beside its own, which needs room for"
                + " them; service " + service + " then sends requests to these; its own drain, and it is scaled from "
                + deployment.replicas() + " to 0";
        return others.isEmpty()
                ? Check.ok(ADOPTION, what)
                : Check.warning(
                        ADOPTION,
                        what + "; the services " + String.join(", ", others) + " select its pods too",
                        "let them select labels of the pod template, which the new pods keep, and not those that name the"
                                + " workload");
    }

    private void rival() {
        Rivals.of(client, resource)
                .ifPresent(taken -> checks.add(Check.failed(
                        "workload", taken, "two rollouts would pull one workload's traffic to and fro; keep one")));
    }

    /** Two releases of one plan have two versions; what serves already and what is to come may have one. */
    private RolloutPlan plan(ReleaseSpec stable, ReleaseSpec wanted) {
        ReleaseSpec canary = stable.version().equals(wanted.version()) ? ReleaseOfTemplate.toldApart(wanted) : wanted;
        return switch (Desired.plan(resource, stable, canary, resource.getSpec().wantedReplicas())) {
            case Reading.Valid<RolloutPlan>(RolloutPlan read) -> read;
            case Reading.Invalid<RolloutPlan>(List<Problem> problems) ->
                throw new IllegalArgumentException(problems.getFirst().toString());
        };
    }

    private static Check release(Optional<ReleaseSpec> stable, ReleaseSpec wanted) {
        if (stable.isEmpty()) {
            return Check.ok(
                    "release",
                    "nothing serves yet: " + wanted.version() + " comes as it is, and the phases are for the next one");
        }
        return ReleaseOfTemplate.hash(stable.get()).equals(ReleaseOfTemplate.hash(wanted))
                ? Check.ok("release", wanted.version() + " serves already; another template begins a rollout")
                : Check.ok("release", stable.get().version() + " -> " + wanted.version());
    }

    /** What a rollback goes back to. */
    private static Check ready(int ready, int replicas) {
        return ready >= replicas
                ? Check.ok("stable", ready + " of " + replicas + " pods of the stable release are ready")
                : Check.failed(
                        "stable",
                        "only " + ready + " of " + replicas + " pods of the stable release are ready: a rollback would"
                                + " go back to too few",
                        "let it recover first: kubectl describe its pods");
    }
}
