package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.observation.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A controller in a process of its own, to be killed: deploys a stable release, says so in a file, and waits. */
public final class DoomedController {
    private DoomedController() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        LocalWorkload workload = LocalTargetConfiguration.open(TestWorkload.settings(folder));
        workload.target().deploy(Color.BLUE, TestWorkload.release("1.0.0", "good"), 1);
        TestWorkload.eventually(
                "stable is ready", () -> workload.target().observe().ready(Color.BLUE) == 1);
        workload.target().route(TestWorkload.routing(1, null, 0));
        Files.createFile(folder.resolve("deployed"));
        new CountDownLatch(1).await();
    }
}
