package dev.vextrus.benchmarks.eventstore;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.CommandRecord;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.StreamVersion;
import dev.vextrus.eventstore.StreamWrite;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.postgresql.PGConnection;

/** The rows of one batch as arrays of the driver, encoded already. */
final class RawBatch {
    private static final int CLIENTS = 512;
    private final List<Array> arrays;

    private RawBatch(List<Array> arrays) {
        this.arrays = arrays;
    }

    private record Row(long position, AppendRequest request) {
        StreamWrite write() {
            return request.writes().getFirst();
        }

        NewEvent event() {
            return write().events().getFirst();
        }

        CommandRecord command() {
            return Objects.requireNonNull(request.command());
        }
    }

    static RawBatch prepare(Connection connection, long after, int size) throws SQLException {
        List<Row> rows = LongStream.range(after, after + size)
                .mapToObj(n -> new Row(n + 1, Samples.command((int) (n % CLIENTS), n / CLIENTS)))
                .toList();
        byte[] hash = new byte[32];
        var encode = new Encoder(connection.unwrap(PGConnection.class), rows);
        encode.add("int8", Long[]::new, Row::position);
        encode.add("int8", Long[]::new, row -> row.write().expectedVersion() + 1);
        encode.add("uuid", Object[]::new, row -> row.event().id());
        encode.add("uuid", Object[]::new, row -> row.request.metadata().correlationId());
        encode.add("text", String[]::new, row -> row.request.tenant().value());
        encode.add("text", String[]::new, row -> row.write().stream().value());
        encode.add("text", String[]::new, row -> row.event().type());
        encode.add("text", String[]::new, row -> row.request.metadata().actor().id());
        encode.add("bytea", byte[][]::new, row -> row.event().payload().toBytes());
        encode.add("bytea", byte[][]::new, _ -> hash);
        encode.add("int8", Long[]::new, Row::position);
        encode.add("text", String[]::new, row -> row.request.tenant().value());
        encode.add("text", String[]::new, row -> row.command().principal());
        encode.add("text", String[]::new, row -> row.command().key());
        encode.add("text", String[]::new, row -> row.command().bodyHash());
        encode.add("text", String[]::new, row -> row.command().type());
        encode.add("text", String[]::new, row -> lines(row.command().reads()));
        encode.add("bytea", byte[][]::new, row -> row.command().body().toBytes());
        Set<String> tenants = new LinkedHashSet<>();
        rows.forEach(row -> tenants.add(row.request.tenant().value()));
        long last = rows.getLast().position;
        encode.add("text", tenants, String[]::new, tenant -> tenant);
        encode.add("int8", tenants, Long[]::new, _ -> last);
        encode.add("bytea", tenants, byte[][]::new, _ -> hash);
        return new RawBatch(encode.arrays);
    }

    private static String lines(List<StreamVersion> reads) {
        var lines = new StringBuilder();
        reads.forEach(read ->
                lines.append(read.version()).append(' ').append(read.stream()).append('\n'));
        return lines.toString();
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < arrays.size(); i++) {
            statement.setArray(i + 1, arrays.get(i));
        }
    }

    /** Turns a column into an array. */
    private record Encoder(PGConnection connection, List<Row> rows, List<Array> arrays) {

        Encoder(PGConnection connection, List<Row> rows) {
            this(connection, rows, new ArrayList<>());
        }

        <V> void add(String type, Function<Integer, V[]> array, Function<Row, V> value) throws SQLException {
            add(type, rows, array, value);
        }

        <T, V> void add(String type, Iterable<T> values, Function<Integer, V[]> array, Function<T, V> value)
                throws SQLException {
            List<V> column = new ArrayList<>();
            values.forEach(each -> column.add(value.apply(each)));
            arrays.add(connection.createArrayOf(type, (Object) column.toArray(array.apply(column.size()))));
        }
    }
}
