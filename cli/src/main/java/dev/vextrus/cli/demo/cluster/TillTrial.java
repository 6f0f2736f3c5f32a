package dev.vextrus.cli.demo.cluster;

import dev.vextrus.image.Product;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.IntegrityReport;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A light HTTP service of ten pods: what ten of finance would be too much for.
 *
 * @param perSecond requests
 * @param bakeMillis of each phase
 */
public record TillTrial(double perSecond, long bakeMillis) implements Trial {
    private static final int REPLICAS = 10;
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    @Override
    public String name() {
        return TillPlan.NAME;
    }

    @Override
    public List<Product> images() {
        return List.of(Product.TILL_DEMO);
    }

    @Override
    public void prepare(TrialGround ground) {
        ground.output().progress("the stable release: " + REPLICAS + " pods");
    }

    @Override
    public GenericKubernetesResource release(TrialGround ground, String version, String fault) {
        return new TillPlan(
                        ground.image(Product.TILL_DEMO),
                        REPLICAS,
                        ground.entry().yaml(),
                        bakeMillis,
                        true)
                .release(version, fault.isEmpty() ? "none" : fault);
    }

    @Override
    public Customers customers(TrialGround ground) throws InterruptedException {
        TrafficPod traffic = TrafficPod.start(ground, perSecond);
        ground.output()
                .progress("traffic on stable, %.0f requests/s, for %d s, so that there is something to compare with"
                        .formatted(perSecond, WARM_UP.toSeconds()));
        Thread.sleep(WARM_UP);
        return traffic;
    }

    @Override
    public Optional<IntegrityReport> proof(TrialGround ground, Color color) {
        return Optional.empty();
    }
}
