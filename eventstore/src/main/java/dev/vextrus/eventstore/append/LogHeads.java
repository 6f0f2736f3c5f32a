package dev.vextrus.eventstore.append;

import dev.vextrus.eventstore.ChainHash;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedCommand;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.kernel.TenantId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an append must know of the log at the moment when it alone may write: the ends that it continues. What is absent
 * here is absent in the log, so whoever fills this must look up everything that the batch names.
 */
public final class LogHeads {
    private long position;
    private long commandSequence;
    private final Map<Stream, Long> versions = new HashMap<>();
    private final Map<Key, RecordedCommand> commands = new HashMap<>();
    private final Map<Series, Long> numbers = new HashMap<>();
    private final Map<TenantId, Payload> links = new HashMap<>();

    /** A stream of a tenant. */
    public record Stream(TenantId tenant, StreamId stream) {}

    /** An idempotency key of a principal of a tenant. */
    public record Key(TenantId tenant, String principal, String key) {}

    /** A gapless series of a tenant. */
    public record Series(TenantId tenant, String name) {}

    /**
     * @param position of the last event, 0 where there is none
     * @param commandSequence of the last recorded command, 0 where there is none
     */
    public LogHeads(long position, long commandSequence) {
        this.position = position;
        this.commandSequence = commandSequence;
    }

    public long position() {
        return position;
    }

    public long version(Stream stream) {
        return versions.getOrDefault(stream, 0L);
    }

    public void version(Stream stream, long version) {
        versions.put(stream, version);
    }

    public @Nullable RecordedCommand command(Key key) {
        return commands.get(key);
    }

    public void command(Key key, RecordedCommand command) {
        commands.put(key, command);
    }

    public long number(Series series) {
        return numbers.getOrDefault(series, 0L);
    }

    public void number(Series series, long number) {
        numbers.put(series, number);
    }

    /** The hash of the tenant's last event. */
    public Payload link(TenantId tenant) {
        return links.getOrDefault(tenant, ChainHash.GENESIS);
    }

    public void link(TenantId tenant, Payload link) {
        links.put(tenant, link);
    }

    long nextPosition() {
        return ++position;
    }

    long nextCommandSequence() {
        return ++commandSequence;
    }
}
