package dev.vextrus.finance.bulk.export;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.kernel.TenantId;
import java.io.IOException;
import java.util.List;

/**
 * A tenant's events up to the head of the log at the time it was opened, read page by page, any number of times.
 *
 * @param head position of the last event that counts
 */
record Book(EventStore store, EventCodec codec, TenantId tenant, long head) {
    private static final int PAGE = 1000;

    static Book open(EventStore store, EventCodec codec, TenantId tenant) {
        return new Book(store, codec, tenant, store.head());
    }

    /** Takes one event; may write. */
    interface Reader {
        void read(FinanceEvent event) throws IOException;
    }

    void read(Reader reader) throws IOException {
        long position = 0;
        List<RecordedEvent> page;
        do {
            page = store.readLog(tenant, position, PAGE);
            for (RecordedEvent event : page) {
                if (event.position() > head) {
                    return;
                }
                reader.read(codec.decode(event.type(), event.schemaVersion(), event.payload()));
                position = event.position();
            }
        } while (!page.isEmpty());
    }
}
