package dev.vextrus.cli.rollout;

import dev.vextrus.cli.kubernetes.Cluster;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.rollout.controller.FolderInbox;
import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.planfile.PlanReader;
import dev.vextrus.rollout.planfile.Problem;
import dev.vextrus.rollout.planfile.Reading;
import dev.vextrus.rolloutlocal.LocalTargetConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The argument of the verbs that go for a rollout anywhere: a plan's file, or the name of a PhasedRollout in a cluster. */
public final class RolloutRef {
    private static final List<String> KINDS = List.of("phasedrollout/", "phasedrollouts/", "pro/");

    @Parameters(
            paramLabel = "PLAN|NAME",
            description = "The plan's file; or, with --namespace or as phasedrollout/NAME, one in a cluster.")
    private String subject = "";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Namespace of a PhasedRollout in the cluster that KUBECONFIG names.")
    private @Nullable String namespace;

    /** The resource's name, if one in a cluster is meant. */
    Optional<String> inCluster() {
        Optional<String> named = named(subject);
        return named.isPresent() || namespace == null ? named : Optional.of(subject);
    }

    /** The name in {@code phasedrollout/NAME}, as kubectl writes it; empty where it is not written so. */
    static Optional<String> named(String subject) {
        return KINDS.stream().filter(subject::startsWith).findFirst().map(kind -> subject.substring(kind.length()));
    }

    RolloutPlace place() {
        Optional<String> name = inCluster();
        return name.isPresent() ? cluster() : new OnThisMachine(folder());
    }

    /** @throws Failure if no cluster answers */
    ClusterRollout cluster() {
        KubernetesClient client = Cluster.open();
        return new ClusterRollout(
                client,
                namespace == null ? Objects.requireNonNullElse(client.getNamespace(), "default") : namespace,
                inCluster().orElse(subject));
    }

    /** Of a rollout on this machine. */
    RolloutFolder folder() {
        return RolloutFolder.of(plan().name());
    }

    /** @throws Failure with the first problem, if the plan or a release is not valid */
    RolloutPlan plan() {
        Path file = Path.of(subject).toAbsolutePath().normalize();
        return switch (PlanReader.read(file)) {
            case Reading.Valid<RolloutPlan>(RolloutPlan plan) -> plan;
            case Reading.Invalid<RolloutPlan>(List<Problem> problems) -> throw PlanFile.invalid(problems);
        };
    }

    private record OnThisMachine(RolloutFolder folder) implements RolloutPlace {
        @Override
        public RolloutFolder.Past past() {
            return folder.past();
        }

        @Override
        public boolean send(Command command) {
            new FolderInbox(folder.inbox()).send(command);
            return LocalTargetConfiguration.attended(folder.target(0));
        }
    }
}
