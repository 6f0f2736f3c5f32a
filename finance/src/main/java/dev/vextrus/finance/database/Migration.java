package dev.vextrus.finance.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema up to this release, as the owner. Two releases may start at once: Flyway's lock lets one go first and
 * the other then finds nothing to do. A release also starts on a schema that a newer one has migrated, since migrations
 * only ever expand while two releases live.
 */
public final class Migration {
    private static final int CONNECT_ATTEMPTS = 10;
    private static final int LONGEST_PAUSE_SECONDS = 2;

    private Migration() {}

    /** @throws CannotStart if the database cannot be reached or refuses */
    public static void run(DataSource owner) {
        try {
            Flyway.configure()
                    .dataSource(owner)
                    .locations("classpath:db/migration/eventstore")
                    .table("flyway_eventstore")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .ignoreMigrationPatterns("*:future")
                    .failOnMissingLocations(false)
                    .connectRetries(CONNECT_ATTEMPTS)
                    .connectRetriesInterval(LONGEST_PAUSE_SECONDS)
                    .load()
                    .migrate();
        } catch (FlywayException refused) {
            throw new CannotStart(
                    "VEXTRUS_DATABASE_URL, VEXTRUS_DATABASE_OWNER_USER: the schema cannot be migrated ("
                            + firstLine(refused)
                            + "); check that the database runs and that the owner may create tables",
                    refused);
        }
    }

    private static String firstLine(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
}
