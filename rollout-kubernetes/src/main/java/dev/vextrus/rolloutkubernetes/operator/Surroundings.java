package dev.vextrus.rolloutkubernetes.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What every rollout of this operator shares.
 *
 * @param background runs questions to the releases beside the reconciliations
 * @param ids gives an id that no rollout has had
 * @param by which operator this is, for the audit
 */
record Surroundings(
        KubernetesClient client,
        Workload.Finder workloads,
        InstantSource clock,
        Executor background,
        Supplier<String> ids,
        String by) {}
