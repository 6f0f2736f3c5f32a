package dev.vextrus.finance.handling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.memory.InMemoryEventStore;
import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.AccountDecider;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.codec.JsonEventCodec;
import dev.vextrus.finance.command.CommandContext;
import dev.vextrus.finance.command.Decider;
import dev.vextrus.finance.command.FinanceCommand;
import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.command.Outcome;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Role;
import dev.vextrus.finance.invoice.CustomerId;
import dev.vextrus.finance.invoice.DraftInvoice;
import dev.vextrus.finance.invoice.InvoiceDecider;
import dev.vextrus.finance.invoice.InvoiceLine;
import dev.vextrus.finance.invoice.Tax;
import dev.vextrus.finance.journal.JournalDecider;
import dev.vextrus.finance.journal.PostJournalEntry;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.onboarding.TenantDecider;
import dev.vextrus.finance.payment.Allocation;
import dev.vextrus.finance.payment.PaymentDecider;
import dev.vextrus.finance.payment.ReceivePayment;
import dev.vextrus.finance.period.PeriodDecider;
import dev.vextrus.finance.tenant.ChartTemplate;
import dev.vextrus.finance.tenant.CreateTenant;
import dev.vextrus.finance.tenant.TaxRounding;
import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import dev.vextrus.kernel.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Books to try commands on: everything real but the disk, the clock and the dice. */
public final class TestBooks {
    public static final CurrencyCode EUR = CurrencyCode.of("EUR");
    public static final CurrencyCode USD = CurrencyCode.of("USD");
    public static final TenantId ACME = TenantId.of("acme");
    public static final LocalDate DAY = LocalDate.of(2026, 3, 14);
    public static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-14T09:26:53.589793Z"));

    public final EventStore store;
    public final EventCodec codec;
    final Quarantine quarantine = new Quarantine();
    final Folding folding;
    final Deciders deciders;
    public final CommandHandling bus;
    private final long seed;
    private final AtomicInteger keys = new AtomicInteger();

    public TestBooks(EventStore store, EventCodec codec, List<Decider<?>> deciders, long seed) {
        this.store = store;
        this.seed = seed;
        this.codec = codec;
        this.folding = new Folding(store, codec, quarantine);
        this.deciders = new Deciders(deciders);
        this.bus = new CommandHandling(
                store,
                codec,
                new CommandCodec(),
                this.deciders,
                folding,
                CLOCK,
                new TimeOrderedIds(CLOCK, new Random(seed)));
    }

    /** Another process on the same log. */
    TestBooks another(long seed) {
        return new TestBooks(store, codec, allDeciders(), seed);
    }

    public static List<Decider<?>> allDeciders() {
        return List.of(
                new TenantDecider(),
                new AccountDecider(),
                new PeriodDecider(),
                new JournalDecider(),
                new InvoiceDecider(),
                new PaymentDecider());
    }

    public static TestBooks empty() {
        return new TestBooks(new InMemoryEventStore("test", CLOCK), new JsonEventCodec(), allDeciders(), 1);
    }

    /** With the standard chart in EUR and the months of 2026 open. */
    public static TestBooks standard() {
        TestBooks books = empty();
        books.accept(create(TaxRounding.PER_LINE));
        return books;
    }

    public static CreateTenant create(TaxRounding rounding) {
        return new CreateTenant(
                "Acme",
                EUR,
                Month.JANUARY,
                ZoneId.of("Europe/Berlin"),
                ChartTemplate.STANDARD,
                rounding,
                eur("1000.00"),
                YearMonth.of(2026, 1),
                12);
    }

    public Outcome run(String actor, String key, FinanceCommand command) {
        return bus.execute(
                new CommandContext(ACME, Actor.of(actor), EnumSet.of(Role.ADMIN), key, new UUID(0, 7), null), command);
    }

    Outcome run(Set<Role> roles, FinanceCommand command) {
        return bus.execute(new CommandContext(ACME, Actor.of("ann"), roles, nextKey(), new UUID(0, 7), null), command);
    }

    Outcome run(FinanceCommand command) {
        return run("ann", nextKey(), command);
    }

    public Outcome.Accepted accept(FinanceCommand command) {
        Outcome outcome = run(command);
        assertThat(outcome).as("outcome of %s", command).isInstanceOf(Outcome.Accepted.class);
        return (Outcome.Accepted) outcome;
    }

    Refusal refuse(FinanceCommand command) {
        return refuseAs("ann", command);
    }

    Refusal refuseAs(String actor, FinanceCommand command) {
        long head = store.head();
        Outcome outcome = run(actor, nextKey(), command);
        assertThat(outcome).as("outcome of %s", command).isInstanceOf(Outcome.Refused.class);
        assertThat(store.head()).as("head of the log after a refusal").isEqualTo(head);
        return ((Outcome.Refused) outcome).refusal();
    }

    private String nextKey() {
        return "key-" + seed + "-" + keys.incrementAndGet();
    }

    public List<RecordedEvent> log() {
        return store.readLog(0, Integer.MAX_VALUE);
    }

    public FinanceEvent decode(RecordedEvent event) {
        return codec.decode(event.type(), event.schemaVersion(), event.payload());
    }

    public static Money eur(String amount) {
        return Money.of(EUR, amount);
    }

    public static AccountCode code(String code) {
        return AccountCode.of(code);
    }

    public static PostJournalEntry entry(LocalDate date, Posting... lines) {
        return new PostJournalEntry(null, date, "R-1", "a memo", List.of(lines), Map.of());
    }

    public static PostJournalEntry sale(String amount) {
        return sale(DAY, amount);
    }

    public static PostJournalEntry sale(LocalDate date, String amount) {
        return entry(
                date,
                Posting.of(code("1010"), eur(amount)),
                Posting.of(code("4000"), eur(amount).negated()));
    }

    public static InvoiceLine line(String quantity, String price, @Nullable Tax tax) {
        return new InvoiceLine(
                "Work", new BigDecimal(quantity), new BigDecimal(price), BigDecimal.ZERO, tax, code("4000"));
    }

    public static Tax vat19() {
        return new Tax("VAT19", new BigDecimal("19"), false, null);
    }

    public static DraftInvoice draft(String customer, InvoiceLine... lines) {
        return new DraftInvoice(CustomerId.of(customer), DAY, DAY.plusDays(30), EUR, "PO 7", List.of(lines));
    }

    public static ReceivePayment receive(String customer, String amount, Allocation... allocations) {
        return new ReceivePayment(
                CustomerId.of(customer), DAY, eur(amount), code("1010"), "transfer", List.of(allocations));
    }

    public static String id(Outcome.Accepted accepted, String kind) {
        return Objects.requireNonNull(accepted.ids().get(kind), kind);
    }
}
