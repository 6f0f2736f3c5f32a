package dev.vextrus.benchmarks.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The bound: the same rows into the same tables, from arrays made before the clock starts, and nothing else. */
final class RawWriter implements AutoCloseable {
    private static final String SQL = """
            INSERT INTO eventlog.events (position, version, number, recorded_at, id, correlation_id, causation_id,
                                         schema_version, tenant, stream, type, actor, release, series, payload, hash)
            SELECT position, version, NULL, now(), id, correlation_id, NULL, 1, tenant, stream, type, actor, 'raw', NULL,
                   payload, hash
            FROM unnest(?::bigint[], ?::bigint[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::bytea[], ?::bytea[])
                 AS n (position, version, id, correlation_id, tenant, stream, type, actor, payload, hash);
            INSERT INTO eventlog.commands (sequence, first_position, last_position, decided_at, tenant, principal, key,
                                           body_hash, type, release, reads, body, refusal)
            SELECT position, position, position, now(), tenant, principal, key, body_hash, type, 'raw', reads, body, NULL
            FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
                 AS n (position, tenant, principal, key, body_hash, type, reads, body);
            INSERT INTO eventlog.chains (tenant, position, hash)
            SELECT * FROM unnest(?::text[], ?::bigint[], ?::bytea[])
            ON CONFLICT (tenant) DO UPDATE SET position = excluded.position, hash = excluded.hash
            """;
    /** Rows made at a time, in batches, while the clock stands: arrays for a whole slice would fill the memory. */
    private static final int ROWS_AT_ONCE = 20_000;

    private final Connection connection;
    private long rows;

    RawWriter(DataSource source) throws SQLException {
        this.connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
        }
        connection.setAutoCommit(false);
    }

    /** Writes for so long; the time that making the arrays takes is not counted. */
    Slice run(long millis, int batchSize) throws SQLException {
        long written = 0;
        long count = 0;
        long nanos = 0;
        long wanted = TimeUnit.MILLISECONDS.toNanos(millis);
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            while (nanos < wanted) {
                List<RawBatch> batches = prepare(batchSize);
                long begin = System.nanoTime();
                for (RawBatch batch : batches) {
                    if (nanos + System.nanoTime() - begin > wanted) {
                        break;
                    }
                    batch.bind(statement);
                    statement.execute();
                    connection.commit();
                    written += batchSize;
                    count++;
                }
                nanos += System.nanoTime() - begin;
            }
        }
        // What was prepared and not written leaves a hole, nothing else.
        return new Slice(written, count, nanos, Slice.none().latency());
    }

    private List<RawBatch> prepare(int batchSize) throws SQLException {
        List<RawBatch> batches = new ArrayList<>();
        for (int left = ROWS_AT_ONCE; left > 0; left -= batchSize) {
            batches.add(RawBatch.prepare(connection, rows, batchSize));
            rows += batchSize;
        }
        return batches;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
