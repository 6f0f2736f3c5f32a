package dev.vextrus.rolloutlocal;

import java.security.SecureRandom;
import java.time.InstantSource;

/** Puts the local target together, with this machine's clock and randomness. */
public final class LocalTargetConfiguration {
    private LocalTargetConfiguration() {}

    /**
     * Takes the workload in the folder into care: starts its proxy, or finds it running, and finds its instances again.
     *
     * @throws FolderInUse where another controller has it
     * @throws IllegalStateException where the proxy does not start; the message holds the end of its log
     */
    public static LocalWorkload open(LocalTargetSettings settings) {
        return new LocalWorkload(settings, new Secrets(new SecureRandom()), InstantSource.system(), System::nanoTime);
    }

    /** Whether a controller has the workload in its care now. */
    public static boolean attended(LocalTargetSettings settings) {
        try {
            new FolderLock(settings.folder()).close();
            return false;
        } catch (FolderInUse running) {
            return true;
        }
    }

    /**
     * Ends every process that belongs to the folder, also where a controller died and left them; harmless where none
     * runs.
     *
     * @throws FolderInUse while a controller has the workload in its care
     */
    public static void cleanUp(LocalTargetSettings settings) {
        FolderLock held = new FolderLock(settings.folder());
        try {
            LocalCleanup.endAll(settings, System::nanoTime);
        } finally {
            held.close();
        }
    }
}
