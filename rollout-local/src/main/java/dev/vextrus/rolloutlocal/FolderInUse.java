package dev.vextrus.rolloutlocal;

import java.nio.file.Path;

/** Another controller holds the workload's folder; two of them would start everything twice. */
public final class FolderInUse extends RuntimeException {
    private static final long serialVersionUID = 1;

    FolderInUse(Path folder, String holder) {
        super("folder: " + folder + " is held by the controller with pid " + holder
                + "; stop that one first, or wait for it");
    }
}
