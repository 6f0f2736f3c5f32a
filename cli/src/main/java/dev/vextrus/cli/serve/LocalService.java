package dev.vextrus.cli.serve;

import dev.vextrus.cli.data.DataFolder;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.Child;
import dev.vextrus.cli.process.Cleanup;
import dev.vextrus.cli.process.ProcessIdentity;
import dev.vextrus.cli.warmth.FinanceCache;
import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.embeddedpostgres.EmbeddedPostgresException;
import dev.vextrus.embeddedpostgres.Roles;
import java.io.IOException;
import java.time.Duration;

/**
 * The finance service and its database on a data folder. Whatever ended without being asked, by {@code kill -9} too, is
 * started again: by {@link #watch} while this command lives, by the next start on the folder where it did not.
 */
public final class LocalService implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration ORPHAN_GRACE = Duration.ofSeconds(15);
    private static final Duration SAY_AGAIN_AFTER = Duration.ofMinutes(1);
    private static final long LITTLE_ROOM_MEGABYTES = 64;
    private static final int RESTARTS_AT_ONCE = 5;

    private final DataFolder folder;
    private final EmbeddedPostgres postgres;
    private final FinanceProcess process;
    private final Output output;
    private final boolean passing;
    private volatile Child finance;
    private volatile boolean closing;

    private LocalService(
            DataFolder folder,
            EmbeddedPostgres postgres,
            FinanceProcess process,
            Child finance,
            Output output,
            boolean passing) {
        this.folder = folder;
        this.postgres = postgres;
        this.process = process;
        this.finance = finance;
        this.output = output;
        this.passing = passing;
    }

    /**
     * Starts both and returns when the service is ready; {@code cleanup} ends them. The caller holds the folder's lock.
     *
     * @param passing whether it serves just the one command that starts it
     */
    static LocalService start(
            DataFolder folder, int port, int managementPort, boolean passing, Output output, Cleanup cleanup)
            throws InterruptedException {
        // A service whose command was killed goes on serving; it must not go on beside the new one.
        Running.read(folder.root()).ifPresent(left -> left.finance().end(ORPHAN_GRACE));
        Ports.requireFree(port);
        if (!passing) {
            FinanceCache.prepare(output);
        }
        output.progress("starting PostgreSQL in " + folder.root());
        EmbeddedPostgres postgres;
        Roles roles;
        try {
            postgres = cleanup.add(EmbeddedPostgres.start(folder.root()));
            roles = Roles.provision(postgres);
        } catch (EmbeddedPostgresException e) {
            throw Failure.unavailable(
                    "DATABASE_NOT_STARTED",
                    String.valueOf(e.getMessage()),
                    "see " + folder.root().resolve("log"),
                    e);
        }
        FinanceProcess process = new FinanceProcess(folder, roles.environment(), port, managementPort);
        output.progress("starting the finance service");
        process.trimLog();
        Child finance = process.start();
        LocalService service = cleanup.add(new LocalService(folder, postgres, process, finance, output, passing));
        process.awaitReady(finance);
        service.remember();
        return service;
    }

    public String url() {
        return process.url();
    }

    public String managementUrl() {
        return process.managementUrl();
    }

    /**
     * Starts again whatever ends, until the program is told to end. It waits for neither while the other may end: a service
     * that comes up needs its database.
     */
    void watch() throws InterruptedException {
        int restarts = 0;
        long since = System.nanoTime();
        boolean coming = false;
        long comingSince = since;
        while (!closing) {
            if (System.nanoTime() - since > Duration.ofMinutes(1).toNanos()) {
                restarts = 0;
                since = System.nanoTime();
            }
            boolean ended = finance.awaitEnd(LOOK_EVERY);
            process.trimLog();
            if (closing) {
                return;
            }
            if (!postgres.isAlive()) {
                output.progress("PostgreSQL ended; starting it again");
                restartDatabase();
                comingSince = System.nanoTime();
                restarts++;
            }
            if (ended) {
                output.progress("the finance service ended (exit code " + finance.exitCode() + "); starting it again");
                finance = process.start();
                remember();
                coming = true;
                comingSince = System.nanoTime();
                restarts++;
            }
            if (coming && process.ready()) {
                output.progress("the finance service is ready again");
                coming = false;
            } else if (coming && System.nanoTime() - comingSince > SAY_AGAIN_AFTER.toNanos()) {
                // It lives, so the machine may just be busy: whoever would end it now had to start it again.
                output.progress("the finance service runs and is not ready yet; see " + finance.log());
                comingSince = System.nanoTime();
            }
            if (restarts > RESTARTS_AT_ONCE) {
                throw Failure.unavailable(
                        "KEEPS_ENDING",
                        "the service or its database ended " + restarts + " times within a minute",
                        remedy());
            }
        }
    }

    private void restartDatabase() {
        try {
            postgres.restart();
        } catch (EmbeddedPostgresException e) {
            throw Failure.unavailable("DATABASE_NOT_STARTED", String.valueOf(e.getMessage()), remedy(), e);
        }
    }

    /** A database whose disk is full while it needs another piece of log ends itself; its own words are in its log. */
    private String remedy() {
        long left = folder.root().toFile().getUsableSpace() >> 20;
        String logs = "see " + folder.logs();
        return left < LITTLE_ROOM_MEGABYTES
                ? "make room (" + left + " MiB are left for " + folder.root() + "), then start it again; " + logs
                : logs;
    }

    private void remember() {
        try {
            new Running(
                            ProcessIdentity.of(ProcessHandle.current()),
                            finance.identity(),
                            url(),
                            managementUrl(),
                            passing)
                    .write(folder.root());
        } catch (IOException e) {
            throw Failure.unavailable(
                    "DATA_NOT_WRITABLE",
                    "--data: " + folder.root() + " cannot be written (" + e.getMessage() + ")",
                    "check the disk",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        finance.close();
        Running.forget(folder.root());
    }
}
