package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.plan.ReleaseSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The releases that a workload has had, numbered, each whole in an immutable {@code ControllerRevision}: what undo goes back
 * to, and what tells the releases in the two colours apart after everything else was lost.
 */
final class Revisions {
    static final int KEPT = 20;

    private static final String ROLLOUT = "vextrus.dev/rollout";
    private static final String RELEASE = "release";

    private final KubernetesClient client;
    private final String namespace;
    private final String rollout;

    Revisions(KubernetesClient client, String namespace, String rollout) {
        this.client = client;
        this.namespace = namespace;
        this.rollout = rollout;
    }

    /** @param number 1 for the first release */
    record Revision(long number, ReleaseSpec release) {
        String hash() {
            return ReleaseOfTemplate.hash(release);
        }
    }

    /** Oldest first. */
    List<Revision> all() {
        return objects().stream().map(this::read).toList();
    }

    Optional<Revision> numbered(long number) {
        return all().stream().filter(r -> r.number() == number).findFirst();
    }

    /**
     * The revision of what {@code wanted} runs; made where there is none. A version that another release bears already is
     * made its own: traffic and decisions are told apart by it.
     */
    Revision of(ReleaseSpec wanted) {
        List<Revision> all = all();
        String hash = ReleaseOfTemplate.hash(wanted);
        Optional<Revision> known =
                all.stream().filter(r -> r.hash().equals(hash)).max(Comparator.comparingLong(Revision::number));
        if (known.isPresent()) {
            ReleaseSpec kept = known.get().release();
            return new Revision(
                    known.get().number(),
                    new ReleaseSpec(
                            kept.name(), kept.version(), wanted.run(), wanted.slowMillis(), wanted.readyWithin()));
        }
        boolean taken = all.stream().anyMatch(r -> r.release().version().equals(wanted.version()));
        long number = all.isEmpty() ? 1 : all.getLast().number() + 1;
        Revision made = new Revision(number, taken ? ReleaseOfTemplate.toldApart(wanted) : wanted);
        client.resource(write(made)).create();
        return made;
    }

    /** Deletes the oldest beyond {@link #KEPT}, but none of {@code needed}. */
    void forget(Set<Long> needed) {
        List<ControllerRevision> all = objects();
        for (ControllerRevision old : all.subList(0, Math.max(0, all.size() - KEPT))) {
            if (!needed.contains(old.getRevision())) {
                client.resource(old).delete();
            }
        }
    }

    private List<ControllerRevision> objects() {
        return client
                .apps()
                .controllerRevisions()
                .inNamespace(namespace)
                .withLabel(ROLLOUT, rollout)
                .list()
                .getItems()
                .stream()
                .sorted(Comparator.comparing(ControllerRevision::getRevision))
                .toList();
    }

    private ControllerRevision write(Revision revision) {
        return new ControllerRevisionBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(rollout + "-" + revision.number())
                .withLabels(Map.of(ROLLOUT, rollout))
                .addToAnnotations("vextrus.dev/version", revision.release().version())
                .endMetadata()
                .withRevision(revision.number())
                .withData(Map.of(RELEASE, RolloutJson.mapper().writeValueAsString(revision.release())))
                .build();
    }

    private Revision read(ControllerRevision object) {
        Map<?, ?> data = client.getKubernetesSerialization().convertValue(object.getData(), Map.class);
        return new Revision(
                object.getRevision(),
                RolloutJson.mapper().readValue(String.valueOf(data.get(RELEASE)), ReleaseSpec.class));
    }
}
