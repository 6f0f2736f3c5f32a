package dev.vextrus.embeddedpostgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of our own, kept in a folder: durable (fsync, synchronous_commit and full_page_writes on, data
 * checksums), reachable at 127.0.0.1 with scram passwords only.
 *
 * <pre>{@code
 * try (var server = EmbeddedPostgres.start(folder)) {
 *     var roles = Roles.provision(server);
 *     // server.jdbcUrl(Roles.DATABASE), roles.credentials(Role.READER) ...
 * }
 * }</pre>
 *
 * <p><b>Who owns it.</b> The process that starts it owns it, by a lock on a file that the operating system takes back
 * however the process ends; closing its handle stops the server. A process that finds it owned attaches to it, and
 * closing that handle leaves it running. The server runs in a session of its own and outlives an owner killed by
 * {@code kill -9}; whoever starts next on the folder adopts it, running or, where it died too, after recovery.
 *
 * <p><b>In the folder</b>: {@code postgres/} the data, {@code log/}, {@code secrets/} passwords in files of mode 0600.
 * Started by root, the server runs as user {@code postgres} or {@code nobody}, who must be able to enter the folder.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();
    private static final int PORT_TRIES = 5;

    private final Cluster cluster;
    private final Settings settings;
    private final Secrets secrets;
    private final @Nullable FileChannel ownership;
    private volatile int port;

    private EmbeddedPostgres(
            Cluster cluster, Settings settings, Secrets secrets, @Nullable FileChannel ownership, int port) {
        this.cluster = cluster;
        this.settings = settings;
        this.secrets = secrets;
        this.ownership = ownership;
        this.port = port;
    }

    /** {@link #start(Path, Settings)} with {@link Settings#standard()}. */
    public static EmbeddedPostgres start(Path folder) {
        return start(folder, Settings.standard());
    }

    /**
     * Starts the server kept in {@code folder}, making it where there is none, or attaches to it where it runs. Returns
     * when it takes connections: some 3 s for a new one, under 1 s for one that was there.
     *
     * @throws EmbeddedPostgresException if it cannot; the message says what to do
     */
    public static EmbeddedPostgres start(Path folder, Settings settings) {
        Path absolute = folder.toAbsolutePath().normalize();
        Account account = Account.forServer();
        try {
            Files.createDirectories(
                    absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            account.reach(absolute);
            var cluster = new Cluster(absolute, account, Binaries.unpackedIn(settings.cache()));
            return startOrAttach(absolute, cluster, settings);
        } catch (IOException failed) {
            throw new EmbeddedPostgresException("cannot use the data folder " + absolute, failed);
        }
    }

    private static EmbeddedPostgres startOrAttach(Path folder, Cluster cluster, Settings settings) throws IOException {
        var secrets = new Secrets(folder.resolve("secrets"));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            FileChannel ownership = tryOwn(folder);
            if (ownership != null) {
                return own(cluster, settings, secrets, ownership);
            }
            Optional<Postmaster> running = cluster.postmaster();
            if (running.isPresent() && answers(cluster, secrets, running.get().port())) {
                return new EmbeddedPostgres(
                        cluster, settings, secrets, null, running.get().port());
            }
            if (System.nanoTime() > deadline) {
                throw new EmbeddedPostgresException("another process owns the data folder " + folder
                        + " and its server does not answer; stop that process, or choose another folder");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static EmbeddedPostgres own(Cluster cluster, Settings settings, Secrets secrets, FileChannel ownership)
            throws IOException {
        try {
            cluster.make(secrets.password(Cluster.SUPERUSER));
            int port = launch(cluster, settings, secrets);
            return new EmbeddedPostgres(cluster, settings, secrets, ownership, port);
        } catch (IOException | RuntimeException failed) {
            ownership.close();
            throw failed;
        }
    }

    /** Starts the server, or adopts the one that runs. */
    private static int launch(Cluster cluster, Settings settings, Secrets secrets) throws IOException {
        EmbeddedPostgresException last = new EmbeddedPostgresException("not tried");
        for (int i = 0; i < PORT_TRIES; i++) {
            Optional<Postmaster> running = cluster.postmaster();
            if (running.isPresent() && answers(cluster, secrets, running.get().port())) {
                return running.get().port();
            }
            int port = settings.port() == 0 ? freePort() : settings.port();
            try {
                cluster.start(settings, port);
                return port;
            } catch (EmbeddedPostgresException portTakenOrOldServerStillEnding) {
                last = portTakenOrOldServerStillEnding;
                LockSupport.parkNanos(10 * PAUSE_NANOS);
            }
        }
        throw last;
    }

    private static @Nullable FileChannel tryOwn(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("owner.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException anotherHandleOfThisProcess) {
            // Then that handle owns the server and this one attaches.
        }
        channel.close();
        return null;
    }

    /** Whether the server on that port is the one of these files and takes connections. */
    private static boolean answers(Cluster cluster, Secrets secrets, int port) {
        var credentials = credentials(secrets, Cluster.SUPERUSER);
        try (Connection connection = dataSource(port, "postgres", credentials).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('data_directory')")) {
            return row.next() && Path.of(row.getString(1)).equals(cluster.data());
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The server's first process; empty while it does not run. */
    public Optional<Long> pid() {
        return cluster.postmaster().map(Postmaster::pid);
    }

    /** Whether the server's process is alive. */
    public boolean isAlive() {
        return pid().isPresent();
    }

    /** Whether closing this handle stops the server. */
    public boolean isOwner() {
        return ownership != null;
    }

    /** Of the superuser: for making roles, backups and tests; never for the service. */
    public Credentials superuser() {
        return credentials(secrets, Cluster.SUPERUSER);
    }

    /** Connections to a database, unpooled. */
    public DataSource dataSource(String database, Credentials credentials) {
        return dataSource(port, database, credentials);
    }

    Secrets secrets() {
        return secrets;
    }

    static Credentials credentials(Secrets secrets, String user) {
        return new Credentials(user, secrets.password(user), secrets.file(user));
    }

    private static DataSource dataSource(int port, String database, Credentials credentials) {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(credentials.user());
        source.setPassword(credentials.password());
        return source;
    }

    /** Starts the server again on the same port after it died or was stopped; does nothing where it runs. */
    public void restart() {
        try {
            port = launch(cluster, settings.withPort(port), secrets);
        } catch (IOException failed) {
            throw new EmbeddedPostgresException("cannot start the server in " + cluster.data(), failed);
        }
    }

    /** Stops the server whoever owns it: open sessions end, what was committed stays. */
    public void stop() {
        if (isAlive()) {
            cluster.stop();
        }
    }

    /** Stops the server where this handle owns it. */
    @Override
    public void close() {
        if (ownership == null || !ownership.isOpen()) {
            return;
        }
        stop();
        try {
            ownership.close();
        } catch (IOException failed) {
            throw new EmbeddedPostgresException("cannot give the data folder back", failed);
        }
    }
}
