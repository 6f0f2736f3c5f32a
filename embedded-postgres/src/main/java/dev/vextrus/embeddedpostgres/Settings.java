package dev.vextrus.embeddedpostgres;

import java.nio.file.Path;

/**
 * How an embedded server is run.
 *
 * @param port to listen on at 127.0.0.1; 0 for a free one
 * @param sharedBuffersMegabytes memory for the server's own cache
 * @param maxConnections at most so many at once
 * @param cache where the programs are unpacked
 */
public record Settings(int port, int sharedBuffersMegabytes, int maxConnections, Path cache) {

    /** A free port, 128 MB, 120 connections, and the cache folder usual for this user. */
    public static Settings standard() {
        Path cache = Account.weAreRoot()
                // Not under root's home: the account that runs the server may not enter it.
                ? Path.of("/var/cache/vextrus")
                : Path.of(System.getProperty("user.home"), ".cache", "vextrus");
        return new Settings(0, 128, 120, cache);
    }

    public Settings withPort(int other) {
        return new Settings(other, sharedBuffersMegabytes, maxConnections, cache);
    }

    public Settings withCache(Path other) {
        return new Settings(port, sharedBuffersMegabytes, maxConnections, other);
    }

    /** The server's configuration file: durable, reachable from this machine only. */
    String configuration() {
        return """
                # Written at every start; change postgresql.conf for settings of your own.
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                max_connections = %d
                shared_buffers = '%dMB'
                password_encryption = 'scram-sha-256'
                timezone = 'UTC'
                # What makes an answered commit survive: never turned off here.
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                # Rare, spread checkpoints: each one makes the pages touched next be logged whole.
                max_wal_size = '2GB'
                checkpoint_timeout = '15min'
                jit = off
                """.formatted(maxConnections, sharedBuffersMegabytes);
    }
}
