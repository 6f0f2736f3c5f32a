package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.CommandRecord;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.StreamVersion;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.eventstore.append.LogHeads;
import dev.vextrus.kernel.TenantId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes the log's lock, held to the end of the transaction, and then reads the ends of the log that a batch continues:
 * all in one round trip. Each statement sees what was committed when it began, so those after the lock see all that
 * earlier holders of it wrote.
 *
 * <p>Most batches are asked about <i>trustingly</i>: what a unique index would refuse anyway is taken for granted, that
 * is that an idempotency key is new and that a stream stands at the version that it is known to have reached and the
 * request expects. Guards are always looked up, for no index protects them. A batch that would not be appended whole, or
 * that the database refused, is asked about again <i>carefully</i>: only that decides what is not appended.
 */
final class HeadsQuery {
    private static final String SQL = """
            SELECT pg_advisory_xact_lock(7311142570156650343);
            SELECT coalesce((SELECT max(position) FROM eventlog.events), 0),
                   coalesce((SELECT max(sequence) FROM eventlog.commands), 0);
            SELECT asked.ordinal, head.version
            FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS asked (tenant, stream, ordinal)
            CROSS JOIN LATERAL (SELECT version FROM eventlog.events e
                                WHERE e.tenant = asked.tenant AND e.stream = asked.stream
                                ORDER BY e.version DESC LIMIT 1) head;
            SELECT %s
            FROM unnest(?::text[], ?::text[], ?::text[]) AS asked (a_tenant, a_principal, a_key)
            CROSS JOIN LATERAL (SELECT * FROM eventlog.commands c
                                WHERE c.tenant = a_tenant AND c.principal = a_principal AND c.key = a_key LIMIT 1) found;
            SELECT tenant, hash FROM eventlog.chains WHERE tenant = ANY (?::text[]);
            SELECT asked.ordinal, s.last
            FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS asked (tenant, name, ordinal)
            JOIN eventlog.series s ON s.tenant = asked.tenant AND s.name = asked.name
            """.formatted(CommandRows.COLUMNS);

    private final @Nullable KnownVersions trusted;
    private final Map<LogHeads.Stream, Long> assumed = new HashMap<>();
    private final Set<LogHeads.Stream> streams = new LinkedHashSet<>();
    private final Set<LogHeads.Key> keys = new LinkedHashSet<>();
    private final Set<LogHeads.Series> series = new LinkedHashSet<>();
    private final Set<TenantId> tenants = new LinkedHashSet<>();

    private HeadsQuery(List<AppendRequest> batch, @Nullable KnownVersions trusted) {
        this.trusted = trusted;
        batch.forEach(this::note);
    }

    static PreparedStatement prepare(Connection connection) throws SQLException {
        return connection.prepareStatement(SQL);
    }

    /**
     * @param statement made by {@link #prepare}
     * @param trusted null to look everything up
     */
    static LogHeads read(PreparedStatement statement, List<AppendRequest> batch, @Nullable KnownVersions trusted)
            throws SQLException {
        return new HeadsQuery(batch, trusted).read(statement);
    }

    private void note(AppendRequest request) {
        TenantId tenant = request.tenant();
        tenants.add(tenant);
        for (StreamWrite write : request.writes()) {
            noteExpected(new LogHeads.Stream(tenant, write.stream()), write.expectedVersion());
            for (NewEvent event : write.events()) {
                if (event.series() != null) {
                    series.add(new LogHeads.Series(tenant, event.series()));
                }
            }
        }
        for (StreamVersion guard : request.guards()) {
            streams.add(new LogHeads.Stream(tenant, guard.stream()));
        }
        CommandRecord command = request.command();
        if (command != null && trusted == null) {
            keys.add(new LogHeads.Key(tenant, command.principal(), command.key()));
        }
    }

    private void noteExpected(LogHeads.Stream stream, long version) {
        Long before = assumed.put(stream, version);
        boolean sure = trusted != null && trusted.atLeast(stream) == version && (before == null || before == version);
        if (!sure) {
            streams.add(stream);
        }
    }

    private LogHeads read(PreparedStatement statement) throws SQLException {
        statement.setArray(
                1, texts(statement, streams, stream -> stream.tenant().value()));
        statement.setArray(
                2, texts(statement, streams, stream -> stream.stream().value()));
        statement.setArray(3, texts(statement, keys, key -> key.tenant().value()));
        statement.setArray(4, texts(statement, keys, LogHeads.Key::principal));
        statement.setArray(5, texts(statement, keys, LogHeads.Key::key));
        statement.setArray(6, texts(statement, tenants, TenantId::value));
        statement.setArray(
                7, texts(statement, series, counter -> counter.tenant().value()));
        statement.setArray(8, texts(statement, series, LogHeads.Series::name));
        statement.execute();
        statement.getMoreResults();
        LogHeads heads = readEnds(statement);
        assumed.forEach((stream, version) -> {
            if (!streams.contains(stream)) {
                heads.version(stream, version);
            }
        });
        readVersions(statement, heads);
        readCommands(statement, heads);
        readLinks(statement, heads);
        readNumbers(statement, heads);
        return heads;
    }

    private static LogHeads readEnds(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.getResultSet()) {
            row.next();
            return new LogHeads(row.getLong(1), row.getLong(2));
        }
    }

    private void readVersions(PreparedStatement statement, LogHeads heads) throws SQLException {
        statement.getMoreResults();
        List<LogHeads.Stream> asked = List.copyOf(streams);
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                heads.version(asked.get(row.getInt(1) - 1), row.getLong(2));
            }
        }
    }

    private static void readCommands(PreparedStatement statement, LogHeads heads) throws SQLException {
        statement.getMoreResults();
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                var found = CommandRows.command(row);
                heads.command(
                        new LogHeads.Key(
                                found.tenant(),
                                found.command().principal(),
                                found.command().key()),
                        found);
            }
        }
    }

    private static void readLinks(PreparedStatement statement, LogHeads heads) throws SQLException {
        statement.getMoreResults();
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                heads.link(TenantId.of(row.getString(1)), Payload.of(row.getBytes(2)));
            }
        }
    }

    private void readNumbers(PreparedStatement statement, LogHeads heads) throws SQLException {
        statement.getMoreResults();
        List<LogHeads.Series> asked = List.copyOf(series);
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                heads.number(asked.get(row.getInt(1) - 1), row.getLong(2));
            }
        }
    }

    private static <T> Array texts(PreparedStatement statement, Collection<T> values, Function<T, String> text)
            throws SQLException {
        return statement
                .getConnection()
                .createArrayOf("text", values.stream().map(text).toArray(String[]::new));
    }
}
