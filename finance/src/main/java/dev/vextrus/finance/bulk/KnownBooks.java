package dev.vextrus.finance.bulk;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.finance.account.AccountDeactivated;
import dev.vextrus.finance.account.AccountOpened;
import dev.vextrus.finance.account.AccountReactivated;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.codec.UnreadableEvent;
import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.journal.EntrySource;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.period.PeriodClosed;
import dev.vextrus.finance.period.PeriodOpened;
import dev.vextrus.finance.period.PeriodReopened;
import dev.vextrus.finance.tenant.TenantCreated;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the tenant's books hold before an import. Read from the log itself, not from a read model, which may be behind:
 * a transaction that is committed must be known again.
 */
final class KnownBooks {
    static final String HASH = "import-hash";
    static final String INDEX = "import-index";
    private static final int PAGE = 1000;

    private long position;
    private @Nullable CurrencyCode baseCurrency;
    private final Map<String, Boolean> accounts = new HashMap<>();
    private final Map<String, Boolean> periods = new HashMap<>();
    private final Map<String, Integer> imported = new HashMap<>();
    private final Map<String, String> hashByPlace = new HashMap<>();

    static KnownBooks read(EventStore store, EventCodec codec, TenantId tenant) {
        KnownBooks books = new KnownBooks();
        List<RecordedEvent> page;
        do {
            page = store.readLog(tenant, books.position, PAGE);
            for (RecordedEvent event : page) {
                books.apply(decode(codec, event));
                books.position = event.position();
            }
        } while (!page.isEmpty());
        return books;
    }

    private static @Nullable FinanceEvent decode(EventCodec codec, RecordedEvent event) {
        try {
            return codec.decode(event.type(), event.schemaVersion(), event.payload());
        } catch (UnreadableEvent ofAnotherRelease) {
            // Its stream takes no commands here anyway.
            return null;
        }
    }

    private void apply(@Nullable FinanceEvent event) {
        switch (event) {
            case TenantCreated created -> baseCurrency = created.baseCurrency();
            case AccountOpened opened -> accounts.put(opened.account().value(), true);
            case AccountDeactivated gone -> accounts.put(gone.account().value(), false);
            case AccountReactivated back -> accounts.put(back.account().value(), true);
            case PeriodOpened opened -> periods.put(opened.period().toString(), true);
            case PeriodClosed closed -> periods.put(closed.period().toString(), false);
            case PeriodReopened opened -> periods.put(opened.period().toString(), true);
            case JournalEntryPosted posted -> remember(posted);
            case null, default -> {}
        }
    }

    private void remember(JournalEntryPosted posted) {
        String hash = posted.metadata().get(HASH);
        if (posted.source().kind() == EntrySource.Kind.IMPORT && hash != null) {
            imported.merge(hash, 1, Integer::sum);
            hashByPlace.put(
                    place(
                            posted.metadata().getOrDefault(INDEX, ""),
                            posted.date().toString()),
                    hash);
        }
    }

    /** Of the last event that was read; 0 where there was none. */
    long position() {
        return position;
    }

    /** Empty where the tenant has no books yet. */
    Optional<CurrencyCode> baseCurrency() {
        return Optional.ofNullable(baseCurrency);
    }

    /** Whether it is in use; empty where there is none. */
    Optional<Boolean> account(String code) {
        return Optional.ofNullable(accounts.get(code));
    }

    /** Whether it is open; empty where it never was. */
    Optional<Boolean> period(String month) {
        return Optional.ofNullable(periods.get(month));
    }

    /** How many transactions of that content there are. */
    int count(String hash) {
        return imported.getOrDefault(hash, 0);
    }

    /** The content that was imported under that number and date, if any. */
    Optional<String> hashAt(String index, String date) {
        return Optional.ofNullable(hashByPlace.get(place(index, date)));
    }

    private static String place(String index, String date) {
        return index + " " + date;
    }
}
