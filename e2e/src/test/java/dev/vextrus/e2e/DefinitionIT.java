package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vextrus.e2e.cluster.AloneOnTheCluster;
import dev.vextrus.rolloutkubernetes.testkit.TestCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The definition of PhasedRollouts is deleted, and with it every one that there is on the cluster: nobody else's may be. */
@AloneOnTheCluster
class DefinitionIT {
    @TempDir
    private Path folder;

    @Test
    void a_definition_that_is_deleted_in_a_bake_takes_the_canary_with_it_and_the_workload_is_taken_over_on_its_return()
            throws Exception {
        try (Scene scene = Scene.open("definition", folder)) {
            assumeThat(scene.kubectl("get", "pro", "-A", "-o", "name"))
                    .as("nobody else on this cluster has a PhasedRollout that would go too")
                    .isEqualToIgnoringNewLines("phasedrollout.vextrus.dev/till");
            Scene.Before before = scene.baking(scene.next());

            scene.kubectl("delete", "crd", "phasedrollouts.vextrus.dev", "--timeout=3m");
            TestCluster.await(
                    "the canary's pods end",
                    () -> scene.till().pods(before.canary()).isEmpty());
            scene.load().await(scene.load().counts().all() + 500);
            assertThat(scene.till().pods(before.status().stableColor())).isEqualTo(before.stablePods());

            scene.ground().define();
            scene.apply(Order.of(before.status().stableVersion()));
            scene.backAsBefore(before);
            Scene.Before again = scene.baking(scene.next());
            scene.rollout("abort", "--reason", "seen enough");
            scene.awaitEnd(again);
            scene.backAsBefore(again);
            scene.noneFailed();
        }
    }
}
