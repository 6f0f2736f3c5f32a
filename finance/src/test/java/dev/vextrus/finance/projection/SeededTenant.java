package dev.vextrus.finance.projection;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.Metadata;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.AccountOpened;
import dev.vextrus.finance.account.AccountType;
import dev.vextrus.finance.account.ChartStarted;
import dev.vextrus.finance.account.PostingAccounts;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.codec.JsonEventCodec;
import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.invoice.InvoiceDrafted;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.journal.EntrySource;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.payment.PaymentAllocated;
import dev.vextrus.finance.payment.PaymentId;
import dev.vextrus.finance.payment.PaymentReceived;
import dev.vextrus.finance.period.PeriodOpened;
import dev.vextrus.finance.tenant.TaxRounding;
import dev.vextrus.finance.tenant.TenantCreated;
import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import dev.vextrus.kernel.TenantId;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One tenant of seeded books: its state, as far as the next events depend on it, and what appends to it. */
final class SeededTenant {
    static final CurrencyCode EUR = CurrencyCode.of("EUR");
    static final CurrencyCode USD = CurrencyCode.of("USD");
    private static final LocalDate START = LocalDate.of(2026, 1, 1);
    private static final Metadata BY_SEED = new Metadata(Actor.of("seed"), new UUID(0, 1), null);
    static final AccountCode BANK = AccountCode.of("1000");
    static final AccountCode RECEIVABLE = AccountCode.of("1200");
    static final AccountCode REVENUE = AccountCode.of("4000");
    static final AccountCode EXPENSE = AccountCode.of("Expenses:Office: paper/ink");
    static final AccountCode TRADING = AccountCode.of("9000");

    private final EventStore store;
    private final EventCodec codec = new JsonEventCodec();
    final Random random;
    final TenantId tenant;
    private final Map<StreamId, Long> versions = new HashMap<>();
    final List<JournalEntryPosted> reversible = new ArrayList<>();
    final List<InvoiceDrafted> drafts = new ArrayList<>();
    final Map<InvoiceId, Money> open = new HashMap<>();
    final Map<InvoiceId, Money> totals = new HashMap<>();
    final List<PaymentReceived> payments = new ArrayList<>();
    final Map<PaymentId, List<PaymentAllocated>> allocations = new HashMap<>();

    /** Events of one append, by stream. */
    record Part(
            StreamId stream, FinanceEvent event, @Nullable String series) {
        Part(String category, Object id, FinanceEvent event) {
            this(StreamId.of(category, id.toString()), event, null);
        }
    }

    SeededTenant(EventStore store, Random random, TenantId tenant) {
        this.store = store;
        this.random = random;
        this.tenant = tenant;
        open();
    }

    private void open() {
        append(
                new Part(
                        "tenant",
                        "tenant",
                        new TenantCreated(
                                tenant.value(), EUR, Month.JANUARY, ZoneId.of("UTC"), TaxRounding.PER_LINE, null)),
                new Part(
                        "chart",
                        "chart",
                        new ChartStarted(new PostingAccounts(
                                RECEIVABLE, AccountCode.of("2200"), AccountCode.of("3000"), TRADING))));
        openAccount(BANK, AccountType.ASSET);
        openAccount(RECEIVABLE, AccountType.ASSET);
        openAccount(REVENUE, AccountType.REVENUE);
        openAccount(EXPENSE, AccountType.EXPENSE);
        openAccount(TRADING, AccountType.EQUITY);
        for (int month = 1; month <= 12; month++) {
            YearMonth period = YearMonth.of(2026, month);
            append(new Part("period", period, new PeriodOpened(period)));
        }
    }

    private void openAccount(AccountCode account, AccountType type) {
        append(new Part("account", account, new AccountOpened(account, "The " + account, type, null, null)));
    }

    JournalEntryPosted entry(LocalDate date, EntrySource source, Posting... lines) {
        return new JournalEntryPosted(
                new JournalEntryId(id()), date, "ref", "memo", source, List.of(lines), Map.of("k", "v"));
    }

    Money euros() {
        return Money.ofMinor(EUR, 1 + random.nextInt(1_000_000));
    }

    LocalDate date() {
        return START.plusDays(random.nextInt(360));
    }

    UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    void append(Part... parts) {
        Map<StreamId, List<NewEvent>> events = new LinkedHashMap<>();
        for (Part part : parts) {
            EventCodec.Encoded encoded = codec.encode(part.event());
            events.computeIfAbsent(part.stream(), s -> new ArrayList<>())
                    .add(new NewEvent(
                            id(),
                            encoded.version().type(),
                            encoded.version().version(),
                            encoded.payload(),
                            part.series()));
        }
        append(events);
    }

    long append(Map<StreamId, List<NewEvent>> events) {
        List<StreamWrite> writes = new ArrayList<>();
        events.forEach((stream, of) -> {
            long version = versions.getOrDefault(stream, 0L);
            writes.add(new StreamWrite(stream, version, of));
            versions.put(stream, version + of.size());
        });
        AppendResult result = store.append(new AppendRequest(tenant, writes, List.of(), BY_SEED, null))
                .join();
        if (result instanceof AppendResult.Appended appended) {
            return appended.lastPosition();
        }
        throw new AssertionError("seeded books: " + result);
    }
}
