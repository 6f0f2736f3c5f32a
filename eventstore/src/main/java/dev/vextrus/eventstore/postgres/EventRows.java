package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.Metadata;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import java.util.UUID;

/** Events as rows. */
final class EventRows {
    /** To be read by {@link #event}, in this order. */
    static final String COLUMNS =
            "position, tenant, stream, version, id, type, schema_version, payload, series, number,"
                    + " actor, correlation_id, causation_id, release, recorded_at";

    private EventRows() {}

    static RecordedEvent event(ResultSet row) throws SQLException {
        String series = row.getString(9);
        return new RecordedEvent(
                row.getLong(1),
                TenantId.of(row.getString(2)),
                new StreamId(row.getString(3)),
                row.getLong(4),
                row.getObject(5, UUID.class),
                row.getString(6),
                row.getInt(7),
                Payload.of(row.getBytes(8)),
                series,
                series == null ? OptionalLong.empty() : OptionalLong.of(row.getLong(10)),
                new Metadata(Actor.of(row.getString(11)), row.getObject(12, UUID.class), row.getObject(13, UUID.class)),
                row.getString(14),
                row.getObject(15, OffsetDateTime.class).toInstant());
    }
}
