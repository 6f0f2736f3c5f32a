package dev.vextrus.benchmarks.eventstore;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.CommandRecord;
import dev.vextrus.eventstore.Metadata;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamVersion;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The commands that are sent: postings of about the size that the finance service makes. */
final class Samples {
    static final int TENANTS = 64;
    /** No client that waits for its outcomes has this number or a higher one. */
    private static final int FIRST_ARRIVING = 10_000;

    static final StreamId PERIOD = StreamId.of("period", "2026-01");
    private static final Instant DECIDED = Instant.parse("2026-01-31T12:00:00.123456Z");
    private static final Payload EVENT = Payload.ofUtf8("""
            {"date":"2026-01-31","reference":"R-000123","memo":"rent of the office in January","lines":[
            {"account":"5000","minorUnits":123456,"currency":"EUR"},\
            {"account":"1200","minorUnits":-123456,"currency":"EUR"}]}""");
    private static final Payload BODY = Payload.ofUtf8("""
            {"date":"2026-01-31","reference":"R-000123","memo":"rent of the office in January","lines":[["5000",123456],\
            ["1200",-123456]],"currency":"EUR"}""");

    private Samples() {}

    static TenantId tenant(int client) {
        return TenantId.of("tenant-" + client % TENANTS);
    }

    /** Opens the period that the tenant's postings are guarded by. */
    static AppendRequest open(TenantId tenant) {
        var opened = new NewEvent(new UUID(tenant.hashCode(), -1), "PeriodOpened", 1, EVENT, null);
        return new AppendRequest(
                tenant, List.of(new StreamWrite(PERIOD, 0, List.of(opened))), List.of(), metadata(0, 0), null);
    }

    /** The n-th command of clients that send one each, on a stream of its own. */
    static AppendRequest arrival(long n) {
        return command(FIRST_ARRIVING + (int) (n % FIRST_ARRIVING), n / FIRST_ARRIVING * 5);
    }

    /** A client's n-th command; five follow one another on a stream, so expected versions are not always 0. */
    static AppendRequest command(int client, long n) {
        var stream = StreamId.of("journal", client + "-" + n / 5);
        var event = new NewEvent(new UUID(client + 1L, n), "JournalEntryPosted", 1, EVENT, null);
        return new AppendRequest(
                tenant(client),
                List.of(new StreamWrite(stream, n % 5, List.of(event))),
                List.of(new StreamVersion(PERIOD, 1)),
                metadata(client, n),
                new CommandRecord(
                        "user-" + client,
                        "key-" + n,
                        "5f1c6b1d3e0a4f0b8f6a2d9c7e5b3a10",
                        "PostJournalEntry",
                        BODY,
                        DECIDED,
                        List.of(new StreamVersion(stream, n % 5), new StreamVersion(PERIOD, 1)),
                        null));
    }

    private static Metadata metadata(int client, long n) {
        return new Metadata(Actor.of("user-" + client), new UUID(~client, n), null);
    }
}
