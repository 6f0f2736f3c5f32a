package dev.vextrus.cli.process;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Names a process beyond its end: numbers are used again, a number with its start time is not.
 *
 * @param startedAtMillis milliseconds since 1970; 0 where the system does not tell
 */
public record ProcessIdentity(long pid, long startedAtMillis) {

    public static ProcessIdentity of(ProcessHandle handle) {
        return new ProcessIdentity(handle.pid(), startOf(handle));
    }

    private static long startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    public boolean alive() {
        return ProcessHandle.of(pid)
                .filter(handle -> handle.isAlive() && startOf(handle) == startedAtMillis)
                .isPresent();
    }

    /** Asks it to end, and ends it if it has not done so within {@code grace}. Does nothing if it is gone. */
    public void end(Duration grace) {
        ProcessHandle.of(pid).filter(handle -> alive()).ifPresent(handle -> {
            handle.destroy();
            if (!awaitEnd(handle, grace)) {
                handle.destroyForcibly();
                awaitEnd(handle, Duration.ofSeconds(5));
            }
        });
    }

    private static boolean awaitEnd(ProcessHandle handle, Duration limit) {
        try {
            handle.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
