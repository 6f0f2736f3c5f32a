package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.ChainBreak;
import dev.vextrus.eventstore.ChainHash;
import dev.vextrus.eventstore.ChainReport;
import dev.vextrus.eventstore.ChainVerifier;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedCommand;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamPoint;
import dev.vextrus.kernel.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Questions about the log of all tenants, asked as the projector. */
final class LogQueries {
    private static final int PAGE = 5_000;
    private final Database database;

    LogQueries(DataSource projector) {
        this.database = new Database(projector);
    }

    private record Link(RecordedEvent event, Payload hash) {}

    /** @param ordinal from 1 */
    private record At(int ordinal, long position) {}

    private record Cut(long position, String tenant) {}

    List<RecordedEvent> events(long afterPosition, int limit) {
        return database.list(
                "SELECT " + EventRows.COLUMNS + " FROM eventlog.events WHERE position > ? ORDER BY position LIMIT ?",
                EventRows::event,
                afterPosition,
                limit);
    }

    /** OFFSET keeps it to a look into the index for each point: as a plain join, many points may cost the whole log. */
    Map<StreamPoint, List<Long>> positions(List<StreamPoint> points) {
        Map<StreamPoint, List<Long>> found = new HashMap<>();
        List<At> rows = database.list(
                """
                SELECT asked.ordinal, found.position
                FROM unnest(?::text[], ?::text[], ?::bigint[])
                     WITH ORDINALITY AS asked (tenant, stream, version, ordinal)
                CROSS JOIN LATERAL (SELECT e.position FROM eventlog.events e
                                    WHERE e.tenant = asked.tenant AND e.stream = asked.stream
                                      AND e.version = asked.version OFFSET 0) found
                ORDER BY found.position
                """,
                row -> new At(row.getInt(1), row.getLong(2)),
                points.stream().map(point -> point.tenant().value()).toArray(String[]::new),
                points.stream().map(point -> point.stream().value()).toArray(String[]::new),
                points.stream().mapToLong(StreamPoint::version).toArray());
        rows.forEach(row -> found.computeIfAbsent(points.get(row.ordinal - 1), _ -> new ArrayList<>())
                .add(row.position));
        return found;
    }

    List<RecordedCommand> commands(long afterSequence, int limit) {
        return database.list(
                "SELECT " + CommandRows.COLUMNS
                        + " FROM eventlog.commands WHERE sequence > ? ORDER BY sequence LIMIT ?",
                CommandRows::command,
                afterSequence,
                limit);
    }

    long lastCommand() {
        return database.list("SELECT coalesce(max(sequence), 0) FROM eventlog.commands", row -> row.getLong(1))
                .getFirst();
    }

    long head() {
        return database.list("SELECT coalesce(max(position), 0) FROM eventlog.events", row -> row.getLong(1))
                .getFirst();
    }

    ChainReport verify(long afterPosition) {
        var verifier = new ChainVerifier(afterPosition, tenant -> link(tenant, afterPosition));
        return verify(verifier, afterPosition, null);
    }

    ChainReport verify(TenantId tenant) {
        return verify(new ChainVerifier(0, any -> ChainHash.GENESIS), 0, tenant);
    }

    /** @param tenant null for all */
    private ChainReport verify(ChainVerifier verifier, long afterPosition, @Nullable TenantId tenant) {
        // In pages, so that no snapshot is held while a large log is read.
        List<Link> page = links(afterPosition, tenant);
        while (!page.isEmpty()) {
            page.forEach(link -> verifier.next(link.event, link.hash));
            page = links(page.getLast().event.position(), tenant);
        }
        ChainReport report = verifier.report();
        ChainBreak broken = report.broken();
        return new ChainReport(
                report.upTo(),
                report.events(),
                broken == null ? cutTail(tenant) : kindOf(broken, verifier.previousOfBroken()));
    }

    private List<Link> links(long afterPosition, @Nullable TenantId tenant) {
        String whose = tenant == null ? "" : "tenant = ? AND ";
        Stream<Object> whom = tenant == null ? Stream.empty() : Stream.of(tenant.value());
        return database.list(
                "SELECT " + EventRows.COLUMNS + ", hash FROM eventlog.events WHERE " + whose
                        + "position > ? ORDER BY position LIMIT ?",
                row -> new Link(EventRows.event(row), Payload.of(row.getBytes(16))),
                Stream.concat(whom, Stream.of(afterPosition, PAGE)).toArray());
    }

    private Payload link(TenantId tenant, long upTo) {
        List<Payload> last = database.list(
                "SELECT hash FROM eventlog.events WHERE tenant = ? AND position <= ? ORDER BY position DESC LIMIT 1",
                row -> Payload.of(row.getBytes(1)),
                tenant.value(),
                upTo);
        return last.isEmpty() ? ChainHash.GENESIS : last.getFirst();
    }

    /** Positions follow one another without a gap over all tenants: fewer events than positions are missing events. */
    private ChainBreak kindOf(ChainBreak broken, long previous) {
        long between = database.list(
                        "SELECT count(*) FROM eventlog.events WHERE position > ? AND position < ?",
                        row -> row.getLong(1),
                        previous,
                        broken.position())
                .getFirst();
        return between < broken.position() - previous - 1
                ? new ChainBreak(broken.position(), broken.tenant(), ChainBreak.Kind.GAP)
                : broken;
    }

    /** The first position at which a chain should end and does not. */
    private @Nullable ChainBreak cutTail(@Nullable TenantId tenant) {
        return database.list("""
                        SELECT c.position, c.tenant FROM eventlog.chains c
                        WHERE NOT EXISTS (SELECT 1 FROM eventlog.events e
                                          WHERE e.position = c.position AND e.tenant = c.tenant AND e.hash = c.hash)
                        ORDER BY c.position
                        """, row -> new Cut(row.getLong(1), row.getString(2))).stream()
                .filter(cut -> tenant == null || cut.tenant.equals(tenant.value()))
                .map(cut -> new ChainBreak(cut.position, TenantId.of(cut.tenant), ChainBreak.Kind.TAIL))
                .findFirst()
                .orElse(null);
    }
}
