package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.CommandRecord;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.StreamVersion;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.eventstore.append.LogHeads;
import dev.vextrus.kernel.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final String SQL =
            """
            SELECT pg_advisory_xact_lock(7311142570156650343);
            SELECT coalesce((SELECT max(position) FROM eventlog.events), 0),
                   coalesce((SELECT max(sequence) FROM eventlog.commands), 0);
            %s;
            SELECT %s
            FROM unnest(?::text[], ?::text[], ?::text[]) AS asked (a_tenant, a_principal, a_key)
            CROSS JOIN LATERAL (SELECT * FROM eventlog.commands c
                                WHERE c.tenant = a_tenant AND c.principal = a_principal AND c.key = a_key LIMIT 1) found;
            %s;
            %s
            """.formatted(EndsQuery.VERSIONS, CommandRows.COLUMNS, EndsQuery.LINKS, EndsQuery.NUMBERS);

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
        EndsQuery.bindStreams(statement, 1, streams);
        statement.setArray(
                3, EndsQuery.texts(statement, keys, key -> key.tenant().value()));
        statement.setArray(4, EndsQuery.texts(statement, keys, LogHeads.Key::principal));
        statement.setArray(5, EndsQuery.texts(statement, keys, LogHeads.Key::key));
        EndsQuery.bindTenants(statement, 6, tenants);
        EndsQuery.bindSeries(statement, 7, series);
        statement.execute();
        statement.getMoreResults();
        LogHeads heads = readEnds(statement);
        assumed.forEach((stream, version) -> {
            if (!streams.contains(stream)) {
                heads.version(stream, version);
            }
        });
        statement.getMoreResults();
        EndsQuery.readVersions(statement, streams, heads);
        statement.getMoreResults();
        readCommands(statement, heads);
        statement.getMoreResults();
        EndsQuery.readLinks(statement, heads);
        statement.getMoreResults();
        EndsQuery.readNumbers(statement, series, heads);
        return heads;
    }

    private static LogHeads readEnds(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.getResultSet()) {
            row.next();
            return new LogHeads(row.getLong(1), row.getLong(2));
        }
    }

    private static void readCommands(PreparedStatement statement, LogHeads heads) throws SQLException {
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
}
