package dev.vextrus.demoreleases;

import dev.vextrus.eventstore.Payload;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.codec.EventVersion;
import dev.vextrus.finance.command.FinanceEvent;
import java.util.SortedSet;
import java.util.TreeSet;

/** Writes approved invoices at a schema version of its own, and says so: no older release can read them. */
record IncompatibleEvents(EventCodec sound) implements EventCodec {
    private static final String TYPE = "InvoiceApproved";

    @Override
    public Encoded encode(FinanceEvent event) {
        Encoded encoded = sound.encode(event);
        return new Encoded(raised(encoded.version()), encoded.payload());
    }

    @Override
    public FinanceEvent decode(String type, int schemaVersion, Payload payload) {
        int current = current().version();
        boolean ours = type.equals(TYPE) && schemaVersion == current + 1;
        return sound.decode(type, ours ? current : schemaVersion, payload);
    }

    @Override
    public SortedSet<EventVersion> reads() {
        SortedSet<EventVersion> reads = new TreeSet<>(sound.reads());
        reads.add(raised(current()));
        return reads;
    }

    @Override
    public SortedSet<EventVersion> writes() {
        SortedSet<EventVersion> writes = new TreeSet<>();
        sound.writes().forEach(version -> writes.add(raised(version)));
        return writes;
    }

    private EventVersion current() {
        return sound.writes().stream()
                .filter(version -> version.type().equals(TYPE))
                .findFirst()
                .orElseThrow();
    }

    private static EventVersion raised(EventVersion version) {
        return version.type().equals(TYPE) ? new EventVersion(TYPE, version.version() + 1) : version;
    }
}
