package dev.vextrus.cli.process;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ends what a command started, last first, once: at the command's end, or when ctrl-C or a signal ends the program.
 */
public final class Cleanup implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Thread hook = new Thread(this::endAll, "cleanup");
    private boolean ended;

    private Cleanup() {}

    /** From now on a signal ends what {@link #add} was given. */
    public static Cleanup armed() {
        Cleanup cleanup = new Cleanup();
        Runtime.getRuntime().addShutdownHook(cleanup.hook);
        return cleanup;
    }

    /** Ends {@code part} with the others; at once if the end has come already. */
    public <T extends AutoCloseable> T add(T part) {
        synchronized (open) {
            if (!ended) {
                open.push(part);
                return part;
            }
        }
        end(part);
        return part;
    }

    @Override
    public void close() {
        endAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook itself is running, or has run: nothing is left to remove.
            return;
        }
    }

    private synchronized void endAll() {
        while (true) {
            AutoCloseable part;
            synchronized (open) {
                ended = true;
                part = open.poll();
            }
            if (part == null) {
                return;
            }
            end(part);
        }
    }

    private static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            // One part that does not end cleanly must not keep the others from being ended.
            System.err.println("cleanup: " + e.getMessage());
        }
    }
}
