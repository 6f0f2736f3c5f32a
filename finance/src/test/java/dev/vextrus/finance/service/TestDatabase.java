package dev.vextrus.finance.service;

import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.embeddedpostgres.Roles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** One durable PostgreSQL for all tests of this JVM; tests keep apart by tenants of their own. */
final class TestDatabase {
    private static final TestDatabase SHARED = new TestDatabase();

    private final EmbeddedPostgres server;
    private final Roles roles;

    private TestDatabase() {
        try {
            Path folder = Files.createTempDirectory(
                    "vextrus-finance-it",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            this.server = EmbeddedPostgres.start(folder);
            this.roles = Roles.provision(server);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    }

    static TestDatabase shared() {
        return SHARED;
    }

    EmbeddedPostgres server() {
        return server;
    }

    Roles roles() {
        return roles;
    }
}
