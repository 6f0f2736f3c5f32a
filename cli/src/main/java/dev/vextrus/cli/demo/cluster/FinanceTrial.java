package dev.vextrus.cli.demo.cluster;

import dev.vextrus.cli.demo.traffic.Pace;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.process.JavaProgram;
import dev.vextrus.image.Product;
import dev.vextrus.rollout.observation.Answer;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.IntegrityReport;
import dev.vextrus.rollout.overhttp.HttpCall;
import dev.vextrus.rollout.overhttp.HttpReleaseProbe;
import dev.vextrus.rolloutkubernetes.pods.PodCalls;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finance itself: three pods of each release at most, on a PostgreSQL of one instance. */
public final class FinanceTrial implements Trial {
    private static final String NAME = "finance";
    private static final Duration PROVEN_WITHIN = Duration.ofMinutes(1);

    private final Settings settings;
    private byte[] tokenSecret = new byte[0];

    /**
     * How it is shown.
     *
     * @param fault of the release that will come; empty for none
     * @param bakeMillis of each phase
     */
    public record Settings(String fault, int tenants, Pace pace, long seed, long bakeMillis) {}

    public FinanceTrial(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Product> images() {
        List<Product> images = new ArrayList<>(List.of(Product.TRIAL_POSTGRES, Product.FINANCE));
        if (!settings.fault().isEmpty()) {
            images.add(Product.FINANCE_DEMO);
        }
        return images;
    }

    @Override
    public void prepare(TrialGround ground) {
        if (!ground.entry().router().equals(Entry.GATEWAY)) {
            throw Failure.usage(
                    "FINANCE_NEEDS_A_GATEWAY",
                    "--service finance: its customers come from outside the cluster, through a Gateway, and there is"
                            + " none, or --router asks for another",
                    "install a Gateway that takes HTTP routes of every namespace, or use --service light");
        }
        try {
            ground.output().progress("starting PostgreSQL");
            tokenSecret = FinanceDatabase.make(ground, manifests());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the manifests cannot be read", unreadable);
        }
        ground.output().progress("the stable release: " + FinancePlan.REPLICAS + " pods of finance");
    }

    private static Path manifests() {
        return JavaProgram.home().resolve("deploy/kustomize");
    }

    @Override
    public GenericKubernetesResource release(TrialGround ground, String version, String fault) {
        try {
            PodTemplateSpec template = FinanceTemplate.read(manifests().resolve("workload/deployment.yaml"))
                    .of(
                            ground.image(fault.isEmpty() ? Product.FINANCE : Product.FINANCE_DEMO),
                            version,
                            FinancePlan.readModel(version),
                            fault);
            GenericKubernetesResource resource = Serialization.unmarshal(
                    FinancePlan.yaml(NAME, ground.entry().yaml(), settings.bakeMillis()),
                    GenericKubernetesResource.class);
            Map<String, Object> spec = resource.get("spec");
            spec.put("template", template);
            return resource;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("finance's Deployment cannot be read", unreadable);
        }
    }

    @Override
    public Customers customers(TrialGround ground) throws InterruptedException {
        return BookKeepers.start(ground, tokenSecret, settings.tenants(), settings.pace(), settings.seed());
    }

    @Override
    public Optional<IntegrityReport> proof(TrialGround ground, Color color) {
        try (PodCalls calls = new PodCalls(ground.client(), PodCalls.Way.TRY)) {
            HttpReleaseProbe probe = new HttpReleaseProbe(asked -> ground.pods(asked).stream()
                    .<HttpCall>map(pod -> path -> {
                        PodCalls.Reply reply = calls.get(pod, TrialGround.MANAGEMENT, path, PROVEN_WITHIN);
                        return new HttpCall.Reply(reply.status(), reply.body());
                    })
                    .toList());
            return probe.integrity(color) instanceof Answer.Offered<IntegrityReport>(var proof)
                    ? Optional.of(proof)
                    : Optional.empty();
        }
    }
}
