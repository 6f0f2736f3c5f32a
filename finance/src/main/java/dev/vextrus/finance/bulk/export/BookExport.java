package dev.vextrus.finance.bulk.export;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.kernel.TenantId;
import java.io.IOException;
import java.io.Writer;

/** Writes a tenant's journal as text. */
public final class BookExport {
    private final EventStore store;
    private final EventCodec codec;

    public BookExport(EventStore store, EventCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    /** Whether there is anything to write: a book begins with its tenant's first event. */
    public boolean hasBook(TenantId tenant) {
        return !store.readLog(tenant, 0, 1).isEmpty();
    }

    /** @throws dev.vextrus.finance.codec.UnreadableEvent if an event is of another release: half a book is no book */
    public void write(TenantId tenant, ExportFormat format, Writer out) throws IOException {
        Book book = Book.open(store, codec, tenant);
        switch (format) {
            case CSV -> CsvBook.write(book, out);
            case HLEDGER -> HledgerBook.write(book, out);
            case BEANCOUNT -> BeancountBook.write(book, out);
        }
        out.flush();
    }
}
