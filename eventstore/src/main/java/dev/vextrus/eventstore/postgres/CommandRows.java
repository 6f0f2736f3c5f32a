package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.CommandRecord;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedCommand;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamVersion;
import dev.vextrus.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;

/** Recorded commands as rows. */
final class CommandRows {
    /** To be read by {@link #command}, in this order. */
    static final String COLUMNS = "sequence, tenant, principal, key, body_hash, type, body, decided_at, reads, refusal,"
            + " first_position, last_position, release";

    private CommandRows() {}

    static RecordedCommand command(ResultSet row) throws SQLException {
        byte[] refusal = row.getBytes(10);
        var command = new CommandRecord(
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                Payload.of(row.getBytes(7)),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                reads(row.getString(9)),
                refusal == null ? null : Payload.of(refusal));
        return new RecordedCommand(
                row.getLong(1),
                TenantId.of(row.getString(2)),
                command,
                row.getLong(11),
                row.getLong(12),
                row.getString(13));
    }

    /** A line each; a stream's name holds no control character, so it needs no quoting. */
    static String lines(List<StreamVersion> reads) {
        var lines = new StringBuilder();
        for (StreamVersion read : reads) {
            lines.append(read.version()).append(' ').append(read.stream()).append('\n');
        }
        return lines.toString();
    }

    private static List<StreamVersion> reads(String lines) {
        return lines.lines()
                .map(line -> {
                    int space = line.indexOf(' ');
                    return new StreamVersion(
                            new StreamId(line.substring(space + 1)), Long.parseLong(line.substring(0, space)));
                })
                .toList();
    }
}
