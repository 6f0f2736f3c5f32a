package dev.vextrus.finance.projection;

import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.kernel.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Streams that this read model has given up at an event it could not read. Later events of such a stream stay out as
 * well, since they would not make sense without it; all other streams go on.
 */
final class Quarantine {
    private final ReadModelName name;
    private final Map<Key, Long> streams = new HashMap<>();

    private record Key(TenantId tenant, StreamId stream) {}

    Quarantine(ReadModelName name) {
        this.name = name;
    }

    void load(Connection connection) throws SQLException {
        streams.clear();
        String sql = "select tenant, stream, min(position) from read_model.quarantine group by tenant, stream";
        try (PreparedStatement statement = connection.prepareStatement(name.qualify(sql));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                streams.put(new Key(TenantId.of(row.getString(1)), new StreamId(row.getString(2))), row.getLong(3));
            }
        }
    }

    /** Why the event must stay out, if it must. */
    Optional<String> reasonToSkip(RecordedEvent event) {
        return Optional.ofNullable(streams.get(new Key(event.tenant(), event.stream())))
                .map(since -> "its stream is unreadable from position " + since + " on");
    }

    void add(ReadModelWriter writer, RecordedEvent event, String reason) throws SQLException {
        streams.putIfAbsent(new Key(event.tenant(), event.stream()), event.position());
        writer.write(
                "insert into read_model.quarantine select * from unnest(?, ?, ?, ?, ?)",
                Columns.of("text", "text", "bigint", "text", "text")
                        .add(
                                event.tenant().value(),
                                event.stream().value(),
                                event.position(),
                                event.type() + "@" + event.schemaVersion(),
                                reason));
    }
}
