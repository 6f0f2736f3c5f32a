package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Watches {@code PhasedRollout} objects and carries them out, one operator of a lease at a time. */
public final class RolloutOperator implements AutoCloseable {
    /** Name of the lease that one of several operators holds. */
    public static final String LEASE = "vextrus-operator";

    private static final Duration LEASE_LASTS = Duration.ofSeconds(15);
    private static final Duration RENEW_WITHIN = Duration.ofSeconds(10);
    private static final Duration TRY_EVERY = Duration.ofSeconds(2);
    private static final int STEPS_PER_SECOND = 20;

    private final Operator operator;
    private final ExecutorService background;
    private final AtomicBoolean closing;

    private RolloutOperator(Operator operator, ExecutorService background, AtomicBoolean closing) {
        this.operator = operator;
        this.background = background;
        this.closing = closing;
    }

    /**
     * @param namespaces that are watched; empty for all
     * @param leaseNamespace where the lease lies
     * @param identity of this operator, for the lease and the audit
     */
    public record Settings(Set<String> namespaces, String leaseNamespace, String identity) {
        public Settings {
            namespaces = Set.copyOf(namespaces);
        }
    }

    /**
     * Starts; returns once this operator leads.
     *
     * @param lost called when another may lead from now on: end the process, for nothing here stops at once
     */
    public static RolloutOperator start(
            KubernetesClient client, Settings settings, InstantSource clock, Runnable lost) {
        AtomicBoolean closing = new AtomicBoolean();
        ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
        Operator operator = new Operator(overrider -> overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .checkingCRDAndValidateLocalModel(false)
                .withUseSSAToPatchPrimaryResource(false)
                .withExecutorService(Executors.newVirtualThreadPerTaskExecutor())
                .withLeaderElectionConfiguration(election(settings, () -> {
                    if (!closing.get()) {
                        lost.run();
                    }
                })));
        Surroundings around = new Surroundings(
                client,
                new ClusterWorkloads(client, clock),
                clock,
                background,
                () -> UUID.randomUUID().toString(),
                settings.identity());
        operator.register(new RolloutReconciler(around), configuration -> {
            configuration
                    .withName("phasedrollouts")
                    .withFinalizer(PhasedRollout.FINALIZER)
                    .withGenerationAware(false)
                    .withRetry(new GenericRetry())
                    .withRateLimiter(new LinearRateLimiter(Duration.ofSeconds(1), STEPS_PER_SECOND))
                    .withReconciliationMaxInterval(Duration.ofMinutes(1));
            if (settings.namespaces().isEmpty()) {
                configuration.watchingAllNamespaces();
            } else {
                configuration.settingNamespaces(settings.namespaces());
            }
        });
        operator.start();
        return new RolloutOperator(operator, background, closing);
    }

    /** The framework's own way, to exit whenever it stops leading, never returns when the process is ending already. */
    private static LeaderElectionConfiguration election(Settings settings, Runnable stopped) {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                .withLeaseNamespace(settings.leaseNamespace())
                .withLeaseDuration(LEASE_LASTS)
                .withRenewDeadline(RENEW_WITHIN)
                .withRetryPeriod(TRY_EVERY)
                .withLeaderCallbacks(new LeaderCallbacks(() -> {}, stopped, leader -> {}))
                .withExitOnStopLeading(false)
                .build();
    }

    /** Stops reconciling; what serves goes on serving. */
    @Override
    public void close() {
        closing.set(true);
        operator.stop();
        background.shutdownNow();
    }
}
