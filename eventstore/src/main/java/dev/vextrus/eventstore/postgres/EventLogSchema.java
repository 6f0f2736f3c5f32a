package dev.vextrus.eventstore.postgres;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the schema {@code eventlog} up to date. */
public final class EventLogSchema {
    /** Holds the log and its history of migrations. */
    public static final String NAME = "eventlog";

    /** Where the migrations lie, for Flyway. */
    public static final String LOCATION = "classpath:db/eventstore";

    private EventLogSchema() {}

    /**
     * Runs what has not run yet. The roles {@code vextrus_appender}, {@code vextrus_projector} and
     * {@code vextrus_reader} must exist, as logins or as groups that the logins are members of.
     *
     * @param owner connects as the role that owns the database
     */
    public static void migrate(DataSource owner) {
        Flyway.configure()
                .dataSource(owner)
                .schemas(NAME)
                .table("schema_history")
                .locations(LOCATION)
                .load()
                .migrate();
    }
}
