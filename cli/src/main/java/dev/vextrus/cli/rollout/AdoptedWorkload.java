package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.rolloutkubernetes.operator.Adoption;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Optional;

/** The PhasedRollout of an adopted Deployment, which bears its name, as it is followed from outside. */
record AdoptedWorkload(KubernetesClient client, String namespace, String name, Output output, Duration atMost) {
    private static final int LOOK_MILLIS = 500;

    private Resource<PhasedRollout> resource() {
        return client.resources(PhasedRollout.class).inNamespace(namespace).withName(name);
    }

    /** @throws Failure if there is one already */
    void requireNew() {
        if (resource().get() != null) {
            throw Failure.usage(
                    "ADOPTED_ALREADY",
                    "there is a PhasedRollout " + namespace + "/" + name + " already",
                    "see 'kubectl describe phasedrollout " + name + " -n " + namespace + "'");
        }
    }

    /** @throws Failure if nothing was adopted */
    void askBack() {
        PhasedRollout there = resource().get();
        if (there == null || there.getSpec().workloadRef() == null) {
            throw Failure.usage(
                    "NOT_ADOPTED",
                    "no PhasedRollout " + namespace + "/" + name + " has adopted a Deployment",
                    "see 'kubectl get phasedrollouts -n " + namespace + "'");
        }
        resource()
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"" + Adoption.GIVE_BACK + "\":\"asked for\"}}}");
    }

    /**
     * Waits until {@code Adopted} has this status for this reason, and tells what it says meanwhile.
     *
     * @throws Failure if it does not come to that
     */
    void awaitCondition(String status, String reason) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        String told = "no operator has taken it up";
        while (System.nanoTime() < deadline) {
            PhasedRollout now = resource().get();
            Optional<Condition> adopted = condition(now, "Adopted");
            if (adopted.filter(
                            c -> c.getStatus().equals(status) && c.getReason().equals(reason))
                    .isPresent()) {
                return;
            }
            String says = condition(now, "Degraded")
                    .filter(c -> c.getStatus().equals("True"))
                    .or(() -> adopted)
                    .or(() -> condition(now, "Ready"))
                    .map(Condition::getMessage)
                    .orElse(told);
            if (!says.equals(told)) {
                told = says;
                output.progress(told);
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw Failure.unavailable(
                "NOT_IN_TIME",
                "after " + atMost.toSeconds() + " s: " + told,
                "see 'kubectl describe phasedrollout " + name + " -n " + namespace + "'; it goes on meanwhile");
    }

    private static Optional<Condition> condition(PhasedRollout resource, String type) {
        return resource == null
                        || resource.getStatus() == null
                        || resource.getStatus().conditions() == null
                ? Optional.empty()
                : resource.getStatus().conditions().stream()
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst();
    }

    /** Waits until the operator has let it go. */
    void delete() throws InterruptedException {
        resource().delete();
        long deadline = System.nanoTime() + atMost.toNanos();
        while (resource().get() != null && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
