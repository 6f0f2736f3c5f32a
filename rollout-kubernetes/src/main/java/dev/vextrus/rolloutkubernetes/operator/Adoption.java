package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rolloutkubernetes.operator.Revisions.Revision;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An existing Deployment whose place the colours take, and which gets it back when asked to. Each step is seen in the cluster
 * before the next one is made, so that somebody always serves.
 */
public final class Adoption {
    /** The annotation that asks for the Deployment to serve by itself again, as long as it is there. */
    public static final String GIVE_BACK = PhasedRollout.GROUP + "/give-back";

    /** What pods that serve nobody any more have for their open connections. */
    private static final Duration DRAINS_FOR = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final InstantSource clock;
    private final KubernetesEvents events;
    private @Nullable Instant drainedSince;
    private @Nullable View view;

    /**
     * How it stands, for the condition {@code Adopted}.
     *
     * @param reason in camel case
     */
    record View(boolean adopted, String reason, String message) {
        static final String GIVEN_BACK = "GivenBack";
    }

    Adoption(KubernetesClient client, InstantSource clock, KubernetesEvents events) {
        this.client = client;
        this.clock = clock;
        this.events = events;
    }

    /** Empty where no Deployment is named, or nothing was seen of it yet. */
    Optional<View> view() {
        return Optional.ofNullable(view);
    }

    /** Nothing serves yet: what was before is over. */
    void begin() {
        view = null;
        drainedSince = null;
    }

    static boolean asksBack(PhasedRollout resource) {
        return resource.getMetadata().getAnnotations() != null
                && resource.getMetadata().getAnnotations().containsKey(GIVE_BACK);
    }

    /**
     * Once the release serves with all its pods, lets the Deployment's go.
     *
     * @return whether something is left to do
     */
    boolean takeOver(PhasedRollout resource, Workload workload, TargetView seen, Color stable) {
        Optional<ReferencedDeployment> found = ReferencedDeployment.of(client, resource);
        if (found.isEmpty()) {
            view = null;
            return false;
        }
        ReferencedDeployment deployment = found.get();
        if (deployment.replicas() == 0) {
            say(new View(true, "Adopted", deployment.title() + " has no pods of its own; its template is the release"));
            drainedSince = null;
            return false;
        }
        int wanted = resource.getSpec().wantedReplicas();
        if (seen.ready(stable) < wanted) {
            say(new View(
                    false,
                    "Growing",
                    "until all " + wanted + " pods are ready, those of " + deployment.title() + " stay"));
            return true;
        }
        Optional<String> cutOff = deployment.serviceWithout(stable);
        if (cutOff.isPresent()) {
            say(new View(
                    false,
                    "ServiceCutOff",
                    "service " + cutOff.get() + " selects only the pods of " + deployment.title()
                            + ", which therefore stay; let it select labels of the pod template, or name it in"
                            + " spec.traffic.service"));
            return false;
        }
        List<Pod> pods = deployment.pods();
        if (!drained(() -> workload.drain(pods, stable))) {
            say(new View(false, "Draining", "the pods of " + deployment.title() + " get no new connections"));
            return true;
        }
        deployment.rest();
        say(new View(
                true,
                "Adopted",
                deployment.title() + " was scaled from " + deployment.replicas()
                        + " to 0; its template is the release"));
        return false;
    }

    /**
     * Lets the Deployment grow, then serve, and the colours go.
     *
     * @return whether something is left to do
     * @throws IllegalArgumentException if it cannot be, with the remedy
     */
    boolean giveBack(PhasedRollout resource, Workload workload, TargetView seen, Revision ofTemplate) {
        ReferencedDeployment deployment = ReferencedDeployment.of(client, resource)
                .orElseThrow(() -> new IllegalArgumentException(
                        GIVE_BACK + ": nothing was adopted: spec.workloadRef names no Deployment"));
        Routing routing = seen.routing();
        if (routing != null) {
            requireSame(workload.ordered(routing.stable()), ofTemplate, deployment);
        }
        int wanted = resource.getSpec().wantedReplicas();
        boolean gone = Stream.of(Color.values())
                .allMatch(color -> workload.replicas(color).isEmpty());
        if (routing == null && gone) {
            say(new View(
                    false,
                    View.GIVEN_BACK,
                    deployment.title() + " serves by itself; delete the PhasedRollout, or take the annotation "
                            + GIVE_BACK + " away to adopt it again"));
            return false;
        }
        if (deployment.replicas() < wanted) {
            deployment.wake(wanted);
        }
        if (!deployment.ready(wanted)) {
            say(new View(
                    false,
                    "GivingBack",
                    "until " + deployment.title() + " has " + wanted + " ready pods, the colours serve"));
            return true;
        }
        workload.giveBack(
                deployment.selector(),
                deployment.pods().stream()
                        .map(pod -> pod.getMetadata().getName())
                        .collect(Collectors.toSet()));
        boolean drained = drained(() ->
                Stream.of(Color.values()).forEach(color -> workload.target().drain(color)));
        if (drained) {
            Stream.of(Color.values()).forEach(color -> workload.target().stop(color));
        }
        return true;
    }

    private static void requireSame(
            Optional<ReleaseSpec> stable, Revision ofTemplate, ReferencedDeployment deployment) {
        if (stable.isPresent() && !ReleaseOfTemplate.hash(stable.get()).equals(ofTemplate.hash())) {
            throw new IllegalArgumentException(GIVE_BACK + ": " + deployment.title() + " has another template than "
                    + stable.get().version() + ", which serves; give it that one first, or let the rollout end");
        }
    }

    /** Whether those who were told to drain have had their time; tells them the first time. */
    private boolean drained(Runnable tell) {
        Instant since = drainedSince;
        if (since == null) {
            tell.run();
            drainedSince = clock.instant();
            return false;
        }
        if (clock.instant().isBefore(since.plus(DRAINS_FOR))) {
            return false;
        }
        drainedSince = null;
        return true;
    }

    /** Once. */
    private void say(View now) {
        View before = view;
        view = now;
        if (before == null ? !now.adopted() : !before.reason().equals(now.reason())) {
            events.say(now.reason(), now.message(), now.reason().equals("ServiceCutOff"));
        }
    }
}
