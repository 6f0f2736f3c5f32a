package dev.vextrus.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.e2e.FrontDoor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher linked onto the path as {@code kubectl-vextrus}, as the documents say. */
@BesideOthers
class KubectlPluginIT {
    @TempDir
    private Path path;

    @BeforeEach
    void linked() throws Exception {
        Kubectl.requireCluster();
        Files.createSymbolicLink(
                path.resolve("kubectl-vextrus"), FrontDoor.repository().resolve("vextrus"));
    }

    @Test
    void kubectl_finds_it_among_its_plugins() throws Exception {
        Kubectl.Ended ended = kubectl("plugin", "list");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).contains(path.resolve("kubectl-vextrus").toString());
    }

    @Test
    void a_verb_said_through_kubectl_asks_kubectls_cluster() throws Exception {
        Kubectl.Ended ended =
                kubectl("vextrus", "rollout", "status", "phasedrollout/there-is-none", "--namespace", "default");

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err())
                .contains("there is no PhasedRollout 'there-is-none' in namespace 'default'")
                .contains("kubectl get phasedrollouts");
    }

    @Test
    void its_verbs_are_those_of_the_launcher() throws Exception {
        Kubectl.Ended ended = kubectl("vextrus", "rollout", "--help");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("preflight", "watch", "abort", "undo");
    }

    private Kubectl.Ended kubectl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("env", "PATH=" + path + ":" + System.getenv("PATH"), "VEXTRUS_NO_BUILD=1", "kubectl"));
        command.addAll(List.of(arguments));
        return Kubectl.run(command);
    }
}
