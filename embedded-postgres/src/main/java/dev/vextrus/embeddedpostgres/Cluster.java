package dev.vextrus.embeddedpostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of one server, and the programs that make, start and stop it. */
final class Cluster {
    static final String SUPERUSER = "postgres";
    private static final Duration MAKING = Duration.ofMinutes(2);
    private static final Duration STARTING = Duration.ofMinutes(5);
    private static final Duration STOPPING = Duration.ofSeconds(60);
    private static final String OWN_SETTINGS = "vextrus.conf";

    private final Path folder;
    private final Path data;
    private final Path log;
    private final Account account;
    private final Binaries binaries;

    Cluster(Path folder, Account account, Binaries binaries) {
        this.folder = folder;
        this.data = folder.resolve("postgres");
        this.log = folder.resolve("log");
        this.account = account;
        this.binaries = binaries;
    }

    Path data() {
        return data;
    }

    /** Makes the server's files where they are not there; a half-made cluster is thrown away and made again. */
    void make(String superuserPassword) throws IOException {
        if (!Files.isDirectory(log)) {
            Files.createDirectory(log);
            account.own(log);
        }
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        Path making = folder.resolve("postgres.making");
        if (Files.exists(making)) {
            Binaries.delete(making);
        }
        Files.createDirectory(making);
        account.own(making);
        initialise(making, superuserPassword);
        Files.move(making.resolve("data"), data, StandardCopyOption.ATOMIC_MOVE);
        Binaries.delete(making);
    }

    private void initialise(Path making, String superuserPassword) throws IOException {
        Path target = making.resolve("data");
        Path passwordFile = making.resolve("password");
        Files.createFile(passwordFile);
        account.own(passwordFile);
        Files.writeString(passwordFile, superuserPassword);
        Program.Outcome made = Program.run(
                account,
                List.of(
                        binaries.program("initdb").toString(),
                        "--pgdata=" + target,
                        "--username=" + SUPERUSER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--data-checksums",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"),
                making,
                MAKING);
        Files.delete(passwordFile);
        if (made.exitCode() != 0) {
            throw new EmbeddedPostgresException("initdb failed: " + made.output());
        }
        Files.writeString(
                target.resolve("postgresql.conf"), "\ninclude '" + OWN_SETTINGS + "'\n", StandardOpenOption.APPEND);
    }

    /** Starts the server and returns when it takes connections; after a crash it first recovers. */
    void start(Settings settings, int port) throws IOException {
        Path own = data.resolve(OWN_SETTINGS);
        Files.writeString(own, settings.configuration());
        account.give(own);
        // pg_ctl puts the server into a session of its own, so a Ctrl-C on our terminal does not reach it.
        Program.Outcome started = Program.run(
                account,
                List.of(
                        binaries.program("pg_ctl").toString(),
                        "--pgdata=" + data,
                        "--log=" + log.resolve("postgres.log"),
                        "--wait",
                        "--timeout=" + STARTING.toSeconds(),
                        "--options=-p " + port,
                        "start"),
                data,
                STARTING.plusSeconds(10));
        if (started.exitCode() != 0) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL did not start on port " + port + ": " + started.output() + lastLines());
        }
    }

    /** Ends open sessions and stops the server. */
    void stop() {
        Program.Outcome stopped = stop("fast");
        if (stopped.exitCode() != 0 && postmaster().isPresent()) {
            stopped = stop("immediate");
        }
        if (stopped.exitCode() != 0 && postmaster().isPresent()) {
            throw new EmbeddedPostgresException("PostgreSQL did not stop: " + stopped.output());
        }
    }

    private Program.Outcome stop(String mode) {
        return Program.run(
                account,
                List.of(
                        binaries.program("pg_ctl").toString(),
                        "--pgdata=" + data,
                        "--mode=" + mode,
                        "--wait",
                        "--timeout=" + STOPPING.toSeconds(),
                        "stop"),
                data,
                STOPPING.plusSeconds(10));
    }

    /** The server that says it runs on these files, if its process is alive. */
    Optional<Postmaster> postmaster() {
        try {
            return Postmaster.parse(Files.readAllLines(data.resolve("postmaster.pid")))
                    .filter(Postmaster::isAlive);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private String lastLines() {
        try (Stream<String> lines = Files.lines(log.resolve("postgres.log"))) {
            List<String> all = lines.toList();
            return "\n" + String.join("\n", all.subList(Math.max(0, all.size() - 20), all.size()));
        } catch (IOException | UncheckedIOException none) {
            return "";
        }
    }
}
