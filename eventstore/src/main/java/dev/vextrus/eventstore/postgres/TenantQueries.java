package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedCommand;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.Snapshot;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Questions about one tenant's part, asked as the reader, whom row-level security shows that tenant alone. */
final class TenantQueries {
    private final Database database;

    TenantQueries(DataSource reader) {
        this.database = new Database(reader);
    }

    List<RecordedEvent> stream(TenantId tenant, StreamId stream, long afterVersion, long toVersion) {
        return database.listAs(
                tenant,
                "SELECT " + EventRows.COLUMNS + " FROM eventlog.events"
                        + " WHERE tenant = ? AND stream = ? AND version > ? AND version <= ? ORDER BY version",
                EventRows::event,
                tenant.value(),
                stream.value(),
                afterVersion,
                toVersion);
    }

    List<RecordedEvent> log(TenantId tenant, long afterPosition, int limit) {
        return database.listAs(
                tenant,
                "SELECT " + EventRows.COLUMNS
                        + " FROM eventlog.events WHERE tenant = ? AND position > ? ORDER BY position LIMIT ?",
                EventRows::event,
                tenant.value(),
                afterPosition,
                limit);
    }

    Optional<RecordedCommand> command(TenantId tenant, String principal, String key) {
        return database
                .listAs(
                        tenant,
                        "SELECT " + CommandRows.COLUMNS
                                + " FROM eventlog.commands WHERE tenant = ? AND principal = ? AND key = ?",
                        CommandRows::command,
                        tenant.value(),
                        principal,
                        key)
                .stream()
                .findFirst();
    }

    Optional<Snapshot> snapshot(TenantId tenant, StreamId stream, String foldVersion, long atMostVersion) {
        return database
                .listAs(
                        tenant,
                        """
                        SELECT version, state FROM eventlog.snapshots
                        WHERE tenant = ? AND stream = ? AND fold_version = ? AND version <= ?
                        ORDER BY version DESC LIMIT 1
                        """,
                        row -> new Snapshot(tenant, stream, row.getLong(1), foldVersion, Payload.of(row.getBytes(2))),
                        tenant.value(),
                        stream.value(),
                        foldVersion,
                        atMostVersion)
                .stream()
                .findFirst();
    }
}
