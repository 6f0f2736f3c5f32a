package dev.vextrus.rolloutlocal;

import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Ends whatever belongs to a workload, found by its mark: nothing needs to be written down, nothing stays behind. */
final class LocalCleanup {
    private LocalCleanup() {}

    static void endAll(LocalTargetSettings settings, LongSupplier nanos) {
        String folder = settings.folder().toString();
        for (long pid : Processes.marked(Processes.WORKLOAD, folder)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
        boolean ended = Waiting.until(
                () -> Processes.marked(Processes.WORKLOAD, folder).isEmpty(), settings.endAtMost(), nanos);
        if (!ended) {
            Processes.kill(Processes.WORKLOAD, folder);
        }
        // Nothing runs any more: what should run is nothing, too.
        new StateFile<>(Path.of(folder, "workload.json"), Workload.class).delete();
    }
}
