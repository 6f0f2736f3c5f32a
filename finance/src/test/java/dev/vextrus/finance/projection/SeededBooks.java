package dev.vextrus.finance.projection;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.Metadata;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.Payload;
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
import dev.vextrus.finance.invoice.CustomerId;
import dev.vextrus.finance.invoice.InvoiceApproved;
import dev.vextrus.finance.invoice.InvoiceDrafted;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.invoice.InvoiceLine;
import dev.vextrus.finance.invoice.InvoicePaymentApplied;
import dev.vextrus.finance.invoice.InvoicePaymentWithdrawn;
import dev.vextrus.finance.invoice.InvoiceVoided;
import dev.vextrus.finance.invoice.PricedLine;
import dev.vextrus.finance.journal.EntrySource;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.JournalEntryReversed;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.payment.PaymentAllocated;
import dev.vextrus.finance.payment.PaymentId;
import dev.vextrus.finance.payment.PaymentReceived;
import dev.vextrus.finance.payment.PaymentReversed;
import dev.vextrus.finance.period.PeriodClosed;
import dev.vextrus.finance.period.PeriodOpened;
import dev.vextrus.finance.period.PeriodReopened;
import dev.vextrus.finance.tenant.TaxRounding;
import dev.vextrus.finance.tenant.TenantCreated;
import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import dev.vextrus.kernel.TenantId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Appends the events of plausible books, the same for the same seed: entries, invoices, payments, periods. */
public final class SeededBooks {
    private static final CurrencyCode EUR = CurrencyCode.of("EUR");
    private static final CurrencyCode USD = CurrencyCode.of("USD");
    private static final LocalDate START = LocalDate.of(2026, 1, 1);
    private static final Metadata BY_SEED = new Metadata(Actor.of("seed"), new UUID(0, 1), null);
    private static final AccountCode BANK = AccountCode.of("1000");
    private static final AccountCode RECEIVABLE = AccountCode.of("1200");
    private static final AccountCode REVENUE = AccountCode.of("4000");
    private static final AccountCode EXPENSE = AccountCode.of("Expenses:Office: paper/ink");
    private static final AccountCode TRADING = AccountCode.of("9000");

    private final EventStore store;
    private final EventCodec codec = new JsonEventCodec();
    private final Random random;
    private final List<Books> tenants = new ArrayList<>();

    /** One tenant's state, as far as the next events depend on it. */
    private static final class Books {
        private final TenantId tenant;
        private final Map<StreamId, Long> versions = new HashMap<>();
        private final List<JournalEntryPosted> reversible = new ArrayList<>();
        private final List<InvoiceDrafted> drafts = new ArrayList<>();
        private final Map<InvoiceId, Money> open = new HashMap<>();
        private final Map<InvoiceId, Money> totals = new HashMap<>();
        private final List<PaymentReceived> payments = new ArrayList<>();
        private final Map<PaymentId, List<PaymentAllocated>> allocations = new HashMap<>();

        Books(TenantId tenant) {
            this.tenant = tenant;
        }
    }

    /** Events of one append, by stream. */
    private record Part(
            StreamId stream, FinanceEvent event, @Nullable String series) {
        Part(String category, Object id, FinanceEvent event) {
            this(StreamId.of(category, id.toString()), event, null);
        }
    }

    public SeededBooks(EventStore store, long seed, String... tenants) {
        this.store = store;
        this.random = new Random(seed);
        for (String tenant : tenants) {
            Books books = new Books(TenantId.of(tenant));
            this.tenants.add(books);
            open(books);
        }
    }

    /** Appends so many commands' worth of events, each for a tenant by chance. */
    public SeededBooks append(int commands) {
        for (int i = 0; i < commands; i++) {
            one(tenants.get(random.nextInt(tenants.size())));
        }
        return this;
    }

    /** Appends an event that no release can read, to an account's stream, and one after it. */
    public long appendUnreadable(String tenant) {
        Books books = tenants.stream()
                .filter(candidate -> candidate.tenant.value().equals(tenant))
                .findFirst()
                .orElseThrow();
        StreamId stream = StreamId.of("account", EXPENSE.value());
        NewEvent event = new NewEvent(id(), "AccountGilded", 7, Payload.ofUtf8("{}"), null);
        return append(books, Map.of(stream, List.of(event)));
    }

    private void open(Books books) {
        append(
                books,
                new Part(
                        "tenant",
                        "tenant",
                        new TenantCreated(
                                books.tenant.value(),
                                EUR,
                                Month.JANUARY,
                                ZoneId.of("UTC"),
                                TaxRounding.PER_LINE,
                                null)),
                new Part(
                        "chart",
                        "chart",
                        new ChartStarted(new PostingAccounts(
                                RECEIVABLE, AccountCode.of("2200"), AccountCode.of("3000"), TRADING))));
        openAccount(books, BANK, AccountType.ASSET);
        openAccount(books, RECEIVABLE, AccountType.ASSET);
        openAccount(books, REVENUE, AccountType.REVENUE);
        openAccount(books, EXPENSE, AccountType.EXPENSE);
        openAccount(books, TRADING, AccountType.EQUITY);
        for (int month = 1; month <= 12; month++) {
            YearMonth period = YearMonth.of(2026, month);
            append(books, new Part("period", period, new PeriodOpened(period)));
        }
    }

    private void openAccount(Books books, AccountCode account, AccountType type) {
        append(books, new Part("account", account, new AccountOpened(account, "The " + account, type, null, null)));
    }

    private void one(Books books) {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> post(books);
            case 3 -> reverse(books);
            case 4, 5 -> draft(books);
            case 6 -> approve(books);
            case 7, 8 -> receive(books);
            default -> rare(books);
        }
    }

    private void rare(Books books) {
        switch (random.nextInt(4)) {
            case 0 -> bounce(books);
            case 1 -> voidDraft(books);
            case 2 -> postForeign(books);
            default -> {
                YearMonth period = YearMonth.of(2026, 1 + random.nextInt(3));
                append(books, new Part("period", period, new PeriodClosed(period)));
                append(books, new Part("period", period, new PeriodReopened(period, "late paper")));
            }
        }
    }

    private void post(Books books) {
        Money amount = euros();
        JournalEntryPosted posted =
                entry(date(), EntrySource.MANUAL, Posting.of(EXPENSE, amount), Posting.of(BANK, amount.negated()));
        append(books, new Part("journal", posted.entry(), posted));
        books.reversible.add(posted);
    }

    private void postForeign(Books books) {
        Money dollars = Money.ofMinor(USD, 1 + random.nextInt(100_000));
        Money base = Money.ofMinor(EUR, 1 + dollars.minorUnits() * 9 / 10);
        JournalEntryPosted posted = entry(
                date(),
                EntrySource.MANUAL,
                new Posting(BANK, dollars, base, Map.of("project", "abroad")),
                new Posting(TRADING, dollars.negated(), base.negated(), Map.of()),
                Posting.of(TRADING, base),
                Posting.of(REVENUE, base.negated()));
        append(books, new Part("journal", posted.entry(), posted));
    }

    private void reverse(Books books) {
        if (books.reversible.isEmpty()) {
            return;
        }
        JournalEntryPosted first = books.reversible.remove(random.nextInt(books.reversible.size()));
        JournalEntryPosted second = opposite(first);
        append(
                books,
                new Part("journal", second.entry(), second),
                new Part("journal", first.entry(), new JournalEntryReversed(first.entry(), second.entry())));
    }

    private JournalEntryPosted opposite(JournalEntryPosted first) {
        return entry(
                date(),
                new EntrySource(EntrySource.Kind.REVERSAL, first.entry().toString()),
                first.lines().stream().map(Posting::reversed).toArray(Posting[]::new));
    }

    private void draft(Books books) {
        Money total = euros();
        InvoiceId invoice = new InvoiceId(id());
        InvoiceLine line = new InvoiceLine("Work", BigDecimal.ONE, total.amount(), BigDecimal.ZERO, null, REVENUE);
        LocalDate date = date();
        InvoiceDrafted drafted = new InvoiceDrafted(
                invoice,
                CustomerId.of("C" + random.nextInt(20)),
                date,
                date.plusDays(30),
                "",
                "seed",
                List.of(new PricedLine(line, total, Money.zero(EUR))),
                total,
                Money.zero(EUR),
                total);
        append(books, new Part("invoice", invoice, drafted));
        books.drafts.add(drafted);
    }

    private void approve(Books books) {
        if (books.drafts.isEmpty()) {
            return;
        }
        InvoiceDrafted draft = books.drafts.remove(random.nextInt(books.drafts.size()));
        JournalEntryPosted posted = entry(
                draft.date(),
                new EntrySource(EntrySource.Kind.INVOICE, draft.invoice().toString()),
                Posting.of(RECEIVABLE, draft.total()),
                Posting.of(REVENUE, draft.total().negated()));
        InvoiceApproved approved =
                new InvoiceApproved(draft.invoice(), draft.customer(), draft.total(), posted.entry());
        append(
                books,
                new Part(StreamId.of("invoice", draft.invoice().toString()), approved, InvoiceApproved.SERIES),
                new Part("journal", posted.entry(), posted));
        books.open.put(draft.invoice(), draft.total());
        books.totals.put(draft.invoice(), draft.total());
    }

    private void voidDraft(Books books) {
        if (!books.drafts.isEmpty()) {
            InvoiceDrafted draft = books.drafts.removeFirst();
            append(
                    books,
                    new Part(
                            "invoice",
                            draft.invoice(),
                            new InvoiceVoided(draft.invoice(), draft.date(), "typo", null)));
        }
    }

    private void receive(Books books) {
        List<InvoiceId> owed = books.open.keySet().stream()
                .sorted((a, b) -> a.value().compareTo(b.value()))
                .toList();
        Money amount = euros();
        PaymentId payment = new PaymentId(id());
        JournalEntryPosted posted = entry(
                date(),
                new EntrySource(EntrySource.Kind.PAYMENT, payment.toString()),
                Posting.of(BANK, amount),
                Posting.of(RECEIVABLE, amount.negated()));
        PaymentReceived received = new PaymentReceived(
                payment, CustomerId.of("C1"), posted.date(), amount, BANK, "transfer", posted.entry());
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("journal", posted.entry(), posted));
        parts.add(new Part("payment", payment, received));
        if (!owed.isEmpty()) {
            InvoiceId invoice = owed.get(random.nextInt(owed.size()));
            Money open = Objects.requireNonNull(books.open.get(invoice));
            Money part = open.compareTo(amount) < 0 ? open : amount;
            PaymentAllocated allocated = new PaymentAllocated(payment, invoice, part, amount.minus(part));
            parts.add(new Part("payment", payment, allocated));
            parts.add(new Part(
                    "invoice", invoice, new InvoicePaymentApplied(invoice, payment.value(), part, open.minus(part))));
            books.allocations.put(payment, List.of(allocated));
            settle(books, invoice, open.minus(part));
        }
        append(books, parts.toArray(Part[]::new));
        books.payments.add(received);
    }

    private void bounce(Books books) {
        if (books.payments.isEmpty()) {
            return;
        }
        PaymentReceived payment = books.payments.remove(random.nextInt(books.payments.size()));
        JournalEntryPosted posted = entry(
                date(),
                new EntrySource(EntrySource.Kind.REVERSAL, payment.entry().toString()),
                Posting.of(RECEIVABLE, payment.amount()),
                Posting.of(BANK, payment.amount().negated()));
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("journal", posted.entry(), posted));
        parts.add(new Part("journal", payment.entry(), new JournalEntryReversed(payment.entry(), posted.entry())));
        parts.add(new Part(
                "payment",
                payment.payment(),
                new PaymentReversed(payment.payment(), posted.date(), "bounced", posted.entry())));
        for (PaymentAllocated allocated : books.allocations.getOrDefault(payment.payment(), List.of())) {
            Money open = books.open
                    .getOrDefault(allocated.invoice(), Money.zero(EUR))
                    .plus(allocated.amount());
            parts.add(new Part(
                    "invoice",
                    allocated.invoice(),
                    new InvoicePaymentWithdrawn(
                            allocated.invoice(), payment.payment().value(), allocated.amount(), open)));
            settle(books, allocated.invoice(), open);
        }
        append(books, parts.toArray(Part[]::new));
    }

    private static void settle(Books books, InvoiceId invoice, Money open) {
        if (open.isZero()) {
            books.open.remove(invoice);
        } else {
            books.open.put(invoice, open);
        }
    }

    private JournalEntryPosted entry(LocalDate date, EntrySource source, Posting... lines) {
        return new JournalEntryPosted(
                new JournalEntryId(id()), date, "ref", "memo", source, List.of(lines), Map.of("k", "v"));
    }

    private Money euros() {
        return Money.ofMinor(EUR, 1 + random.nextInt(1_000_000));
    }

    private LocalDate date() {
        return START.plusDays(random.nextInt(360));
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private void append(Books books, Part... parts) {
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
        append(books, events);
    }

    private long append(Books books, Map<StreamId, List<NewEvent>> events) {
        List<StreamWrite> writes = new ArrayList<>();
        events.forEach((stream, of) -> {
            long version = books.versions.getOrDefault(stream, 0L);
            writes.add(new StreamWrite(stream, version, of));
            books.versions.put(stream, version + of.size());
        });
        AppendResult result = store.append(new AppendRequest(books.tenant, writes, List.of(), BY_SEED, null))
                .join();
        if (result instanceof AppendResult.Appended appended) {
            return appended.lastPosition();
        }
        throw new AssertionError("seeded books: " + result);
    }
}
