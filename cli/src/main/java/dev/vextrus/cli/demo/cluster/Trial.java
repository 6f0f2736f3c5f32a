package dev.vextrus.cli.demo.cluster;

import dev.vextrus.image.Product;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.IntegrityReport;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;

/** A service that is released on a cluster to be watched, with what it needs and who asks it. */
public interface Trial {
    /** Of the workload. */
    String name();

    /** What the nodes need, whatever release comes. */
    List<Product> images();

    /** Makes what the service needs before its first release. */
    void prepare(TrialGround ground) throws InterruptedException;

    /**
     * The {@code PhasedRollout} that asks for a release.
     *
     * @param fault what is wrong with it, as {@code --release} names it; empty for nothing
     */
    GenericKubernetesResource release(TrialGround ground, String version, String fault);

    /**
     * Customers of the release that serves; returns when they have asked for long enough that there is something to
     * compare with.
     */
    Customers customers(TrialGround ground) throws InterruptedException;

    /** What the release in {@code color} says of its books; empty where it keeps none, or does not say. */
    Optional<IntegrityReport> proof(TrialGround ground, Color color);
}
