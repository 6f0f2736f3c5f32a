package dev.vextrus.finance.database;

import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.eventstore.postgres.DatabaseCheck;
import dev.vextrus.eventstore.postgres.EventLogSchema;
import dev.vextrus.finance.projection.ReadModelName;
import dev.vextrus.finance.projection.ReadModelSchema;
import dev.vextrus.finance.settings.Settings.Credentials;
import dev.vextrus.finance.settings.Settings.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure, before anything is served, that the database is fit for books and its schema is this release's.
 *
 * <p>Two releases may start at once: locks let one go first and the other then finds nothing to do. A release also starts
 * on a schema that a newer one has migrated, since migrations only ever expand while two releases live.
 */
public final class Migration {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(250);

    private Migration() {}

    /**
     * What the argument {@code migrate} does: makes the roles and the database first, where this process was given an
     * administrator, and then {@link #prepare prepares} it.
     *
     * @throws CannotStart with what is wrong and the remedy
     */
    public static void migrate(Database database, ReadModelName readModel) {
        Credentials owner = database.owner();
        if (owner == null) {
            throw new CannotStart("VEXTRUS_DATABASE_OWNER_USER is missing; migrations run as the database's owner");
        }
        Credentials administrator = database.administrator();
        if (administrator != null) {
            Provisioning provisioning = Provisioning.of(database, administrator, owner);
            awaitServer(provisioning.server(), "VEXTRUS_DATABASE_ADMIN_USER");
            provisioning.run();
        }
        prepare(database, readModel);
    }

    /**
     * Migrates as the owner, where this process was given one, and refuses a database or a role that is not fit.
     *
     * @throws CannotStart with what is wrong and the remedy
     */
    public static void prepare(Database database, ReadModelName readModel) {
        awaitServer(Pools.unpooled(database, database.reader()), "VEXTRUS_DATABASE_READER_USER");
        try {
            DatabaseCheck.refuseUnlessDurable(Pools.unpooled(database, database.reader()));
            migrateAsOwner(database, readModel);
            DatabaseCheck.refuseUnlessPlain(Pools.unpooled(database, database.appender()), "appender");
            DatabaseCheck.refuseUnlessPlain(Pools.unpooled(database, database.projector()), "projector");
            DatabaseCheck.refuseUnlessPlain(Pools.unpooled(database, database.reader()), "reader");
        } catch (IllegalStateException unfit) {
            throw new CannotStart("VEXTRUS_DATABASE_URL: " + unfit.getMessage(), unfit);
        } catch (RuntimeException refused) {
            throw new CannotStart(
                    "VEXTRUS_DATABASE_URL: the database cannot be prepared (" + firstLine(refused)
                            + "); check the roles' names, passwords and rights",
                    refused);
        }
    }

    private static void migrateAsOwner(Database database, ReadModelName readModel) {
        Credentials owner = database.owner();
        if (owner == null) {
            return;
        }
        DataSource source = Pools.unpooled(database, owner);
        try (Connection turn = source.getConnection();
                Statement statement = turn.createStatement()) {
            // One at a time: of two that begin on an empty database, one would trip over the other's schema.
            statement.execute("SELECT pg_advisory_lock(hashtext('vextrus migration'))");
            EventLogSchema.migrate(source);
            ReadModelSchema.create(
                    source,
                    readModel,
                    database.projector().user(),
                    database.reader().user());
        } catch (SQLException refused) {
            throw new StoreUnavailable("the owner cannot migrate", refused);
        }
    }

    /** A database that is just starting gets time; one that refuses us for good does not. */
    private static void awaitServer(DataSource source, String variable) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection connection = source.getConnection()) {
                if (connection.isValid(1)) {
                    return;
                }
            } catch (SQLException notThere) {
                boolean worthWaiting =
                        List.of("08001", "08004", "08006", "57P03").contains(String.valueOf(notThere.getSQLState()));
                if (!worthWaiting || System.nanoTime() > deadline) {
                    throw new CannotStart(
                            "VEXTRUS_DATABASE_URL, " + variable + ": the database does not answer ("
                                    + firstLine(notThere) + "); start it, or correct the address and the credentials",
                            notThere);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static String firstLine(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        @Nullable String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
