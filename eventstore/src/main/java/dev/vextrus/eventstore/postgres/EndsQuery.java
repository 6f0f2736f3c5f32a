package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.append.LogHeads;
import dev.vextrus.kernel.TenantId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks ends of the log up: of the whole, of streams, of tenants' chains and of series. */
final class EndsQuery {
    static final String VERSIONS = """
            SELECT asked.ordinal, head.version
            FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS asked (tenant, stream, ordinal)
            CROSS JOIN LATERAL (SELECT version FROM eventlog.events e
                                WHERE e.tenant = asked.tenant AND e.stream = asked.stream
                                ORDER BY e.version DESC LIMIT 1) head
            """;
    static final String LINKS = "SELECT tenant, hash FROM eventlog.chains WHERE tenant = ANY (?::text[])";
    static final String NUMBERS = """
            SELECT asked.ordinal, s.last
            FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS asked (tenant, name, ordinal)
            JOIN eventlog.series s ON s.tenant = asked.tenant AND s.name = asked.name
            """;
    /** One statement, so that both ends are of one moment. */
    private static final String TIP = """
            SELECT coalesce(e.position, 0), e.hash, coalesce((SELECT max(sequence) FROM eventlog.commands), 0)
            FROM (SELECT 1) AS always
            LEFT JOIN (SELECT position, hash FROM eventlog.events ORDER BY position DESC LIMIT 1) e ON true
            """;

    private EndsQuery() {}

    /** What is asked about, each once. */
    record Asked(Set<LogHeads.Stream> streams, Set<TenantId> tenants, Set<LogHeads.Series> series) {

        Asked() {
            this(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        }

        boolean isEmpty() {
            return streams.isEmpty() && tenants.isEmpty() && series.isEmpty();
        }
    }

    /** @param hash of the last event, null where there is none */
    record Tip(long position, @Nullable Payload hash, long sequence) {}

    static PreparedStatement prepare(Connection connection) throws SQLException {
        return connection.prepareStatement(VERSIONS + ";" + LINKS + ";" + NUMBERS);
    }

    /** What is absent from the answer is absent from the log. Takes no lock: each statement sees what is committed. */
    static LogHeads read(PreparedStatement statement, Asked asked) throws SQLException {
        bindStreams(statement, 1, asked.streams);
        bindTenants(statement, 3, asked.tenants);
        bindSeries(statement, 4, asked.series);
        statement.execute();
        var heads = new LogHeads(0, 0);
        readVersions(statement, asked.streams, heads);
        statement.getMoreResults();
        readLinks(statement, heads);
        statement.getMoreResults();
        readNumbers(statement, asked.series, heads);
        return heads;
    }

    static Tip tip(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TIP)) {
            row.next();
            byte[] hash = row.getBytes(2);
            return new Tip(row.getLong(1), hash == null ? null : Payload.of(hash), row.getLong(3));
        }
    }

    static void bindStreams(PreparedStatement statement, int first, Collection<LogHeads.Stream> streams)
            throws SQLException {
        statement.setArray(
                first, texts(statement, streams, stream -> stream.tenant().value()));
        statement.setArray(
                first + 1, texts(statement, streams, stream -> stream.stream().value()));
    }

    static void bindTenants(PreparedStatement statement, int at, Collection<TenantId> tenants) throws SQLException {
        statement.setArray(at, texts(statement, tenants, TenantId::value));
    }

    static void bindSeries(PreparedStatement statement, int first, Collection<LogHeads.Series> series)
            throws SQLException {
        statement.setArray(
                first, texts(statement, series, counter -> counter.tenant().value()));
        statement.setArray(first + 1, texts(statement, series, LogHeads.Series::name));
    }

    static void readVersions(PreparedStatement statement, Collection<LogHeads.Stream> streams, LogHeads heads)
            throws SQLException {
        List<LogHeads.Stream> asked = List.copyOf(streams);
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                heads.version(asked.get(row.getInt(1) - 1), row.getLong(2));
            }
        }
    }

    static void readLinks(PreparedStatement statement, LogHeads heads) throws SQLException {
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                heads.link(TenantId.of(row.getString(1)), Payload.of(row.getBytes(2)));
            }
        }
    }

    static void readNumbers(PreparedStatement statement, Collection<LogHeads.Series> series, LogHeads heads)
            throws SQLException {
        List<LogHeads.Series> asked = List.copyOf(series);
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                heads.number(asked.get(row.getInt(1) - 1), row.getLong(2));
            }
        }
    }

    static <T> Array texts(PreparedStatement statement, Collection<T> values, Function<T, String> text)
            throws SQLException {
        return statement
                .getConnection()
                .createArrayOf("text", values.stream().map(text).toArray(String[]::new));
    }
}
