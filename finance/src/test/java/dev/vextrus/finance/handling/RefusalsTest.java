package dev.vextrus.finance.handling;

import static dev.vextrus.finance.handling.TestBooks.DAY;
import static dev.vextrus.finance.handling.TestBooks.EUR;
import static dev.vextrus.finance.handling.TestBooks.USD;
import static dev.vextrus.finance.handling.TestBooks.code;
import static dev.vextrus.finance.handling.TestBooks.draft;
import static dev.vextrus.finance.handling.TestBooks.entry;
import static dev.vextrus.finance.handling.TestBooks.eur;
import static dev.vextrus.finance.handling.TestBooks.id;
import static dev.vextrus.finance.handling.TestBooks.line;
import static dev.vextrus.finance.handling.TestBooks.receive;
import static dev.vextrus.finance.handling.TestBooks.sale;
import static dev.vextrus.finance.handling.TestBooks.vat19;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.finance.account.AccountType;
import dev.vextrus.finance.account.DeactivateAccount;
import dev.vextrus.finance.account.OpenAccount;
import dev.vextrus.finance.account.ReactivateAccount;
import dev.vextrus.finance.command.Outcome;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Role;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.invoice.ApproveInvoice;
import dev.vextrus.finance.invoice.CustomerId;
import dev.vextrus.finance.invoice.DraftInvoice;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.invoice.Tax;
import dev.vextrus.finance.invoice.VoidInvoice;
import dev.vextrus.finance.journal.ImportJournalEntries;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.journal.PostJournalEntry;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.journal.ReverseJournalEntry;
import dev.vextrus.finance.payment.AllocatePayment;
import dev.vextrus.finance.payment.Allocation;
import dev.vextrus.finance.payment.PaymentId;
import dev.vextrus.finance.payment.ReceivePayment;
import dev.vextrus.finance.payment.ReversePayment;
import dev.vextrus.finance.period.ClosePeriod;
import dev.vextrus.finance.period.OpenPeriods;
import dev.vextrus.finance.period.ReopenPeriod;
import dev.vextrus.finance.tenant.ChartTemplate;
import dev.vextrus.finance.tenant.CreateTenant;
import dev.vextrus.finance.tenant.TaxRounding;
import dev.vextrus.kernel.Money;
import java.math.BigDecimal;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RefusalsTest {
    private static final YearMonth MARCH = YearMonth.of(2026, 3);
    private static final UUID NOBODY = new UUID(1, 2);

    /** These need more than a command on sound books, and have their tests in {@link CommandHandlingTest}. */
    private static final EnumSet<Rule> ELSEWHERE = EnumSet.of(Rule.STREAM_QUARANTINED, Rule.DATA_REJECTED);

    private final Map<Rule, Function<TestBooks, Refusal>> cases = new EnumMap<>(Rule.class);

    RefusalsTest() {
        tenantsAndAccounts();
        periods();
        entries();
        imports();
        invoices();
        payments();
    }

    @Test
    void every_rule_has_a_case() {
        EnumSet<Rule> covered = EnumSet.copyOf(cases.keySet());
        covered.addAll(ELSEWHERE);
        assertThat(covered).isEqualTo(EnumSet.allOf(Rule.class));
    }

    @TestFactory
    Stream<DynamicTest> each_broken_rule_is_named_with_its_remedy_and_changes_nothing() {
        return cases.entrySet().stream()
                .map(c -> DynamicTest.dynamicTest(c.getKey().name(), () -> {
                    Refusal refusal = c.getValue().apply(TestBooks.standard());
                    assertThat(refusal.code()).isEqualTo(c.getKey().name());
                    assertThat(refusal.message()).isNotBlank();
                    assertThat(refusal.remedy()).isNotBlank();
                }));
    }

    @Test
    void an_unbalanced_entry_is_told_by_the_side_that_is_larger() {
        TestBooks books = TestBooks.standard();
        Posting bank = Posting.of(code("1010"), eur("1.00"));

        assertThat(books.refuse(entry(DAY, bank, Posting.of(code("4000"), eur("-2.00"))))
                        .message())
                .isEqualTo("credits exceed debits by 1.00 EUR");
        assertThat(books.refuse(entry(DAY, bank, Posting.of(code("4000"), eur("-0.40"))))
                        .message())
                .isEqualTo("debits exceed credits by 0.60 EUR");
    }

    @Test
    void a_closed_period_is_refused_with_the_remedy_that_fits_what_was_wanted() {
        TestBooks books = TestBooks.standard();
        books.accept(new ClosePeriod(MARCH));

        assertThat(books.refuse(new ClosePeriod(MARCH)).message()).contains("closed already");
        assertThat(books.refuse(new ClosePeriod(MARCH)).remedy()).isEqualTo("nothing to do");
        assertThat(books.refuse(sale("1.00")).remedy()).contains("choose a date", "reopenPeriod");
        assertThat(books.refuse(new OpenPeriods(MARCH, MARCH)).remedy())
                .contains("reopenPeriod")
                .doesNotContain("date");
        YearMonth far = YearMonth.of(2044, 1);
        assertThat(books.refuse(new ClosePeriod(far)).remedy()).contains("nothing to do");
        assertThat(books.refuse(new ReopenPeriod(far, "late bill")).remedy()).contains("openPeriods");
    }

    private void tenantsAndAccounts() {
        cases.put(
                Rule.FORBIDDEN,
                books -> ((Outcome.Refused) books.run(EnumSet.of(Role.VIEWER), sale("1.00"))).refusal());
        cases.put(Rule.TENANT_UNKNOWN, _ -> TestBooks.empty().refuse(sale("1.00")));
        cases.put(Rule.TENANT_EXISTS, books -> books.refuse(TestBooks.create(TaxRounding.PER_LINE)));
        cases.put(
                Rule.TENANT_SETTING_INVALID,
                _ -> TestBooks.empty()
                        .refuse(new CreateTenant(
                                "A",
                                EUR,
                                Month.JANUARY,
                                ZoneOffset.UTC,
                                ChartTemplate.EMPTY,
                                TaxRounding.PER_LINE,
                                null,
                                null,
                                3)));
        cases.put(
                Rule.ACCOUNT_UNKNOWN,
                books -> books.refuse(
                        entry(DAY, Posting.of(code("1010"), eur("1.00")), Posting.of(code("8888"), eur("-1.00")))));
        cases.put(
                Rule.ACCOUNT_EXISTS,
                books -> books.refuse(new OpenAccount(code("1010"), "Bank", AccountType.ASSET, null, null)));
        cases.put(Rule.ACCOUNT_INACTIVE, books -> {
            books.accept(new DeactivateAccount(code("1010")));
            return books.refuse(sale("1.00"));
        });
        cases.put(Rule.ACCOUNT_ACTIVE, books -> books.refuse(new ReactivateAccount(code("1010"))));
        cases.put(
                Rule.ACCOUNT_TYPE_WRONG,
                books -> books.refuse(new OpenAccount(code("1011"), "Bank 2", AccountType.ASSET, code("4000"), null)));
        cases.put(Rule.ACCOUNT_IN_USE_BY_TENANT, books -> books.refuse(new DeactivateAccount(code("1200"))));
        cases.put(
                Rule.TEXT_INVALID,
                books -> books.refuse(new OpenAccount(code("1011"), "Ba\u0000nk", AccountType.ASSET, null, null)));
    }

    private void periods() {
        cases.put(
                Rule.PERIOD_NOT_OPENED,
                books -> books.refuse(entry(
                        DAY.plusYears(1),
                        Posting.of(code("1010"), eur("1.00")),
                        Posting.of(code("4000"), eur("-1.00")))));
        cases.put(Rule.PERIOD_CLOSED, books -> {
            books.accept(new ClosePeriod(MARCH));
            return books.refuse(sale("1.00"));
        });
        cases.put(Rule.PERIOD_OPEN, books -> books.refuse(new ReopenPeriod(MARCH, "no need")));
        cases.put(Rule.PERIOD_RANGE_INVALID, books -> books.refuse(new OpenPeriods(MARCH, MARCH.minusMonths(1))));
    }

    private void entries() {
        cases.put(
                Rule.ENTRY_LINE_ZERO,
                books -> books.refuse(entry(
                        DAY,
                        Posting.of(code("1010"), eur("1.00")),
                        Posting.of(code("4000"), eur("-1.00")),
                        Posting.of(code("4000"), eur("0.00")))));
        cases.put(Rule.ENTRY_TOO_FEW_LINES, books -> books.refuse(entry(DAY, Posting.of(code("1010"), eur("0.00")))));
        cases.put(
                Rule.ENTRY_TOO_MANY_LINES,
                books -> books.refuse(entry(
                        DAY,
                        Collections.nCopies(1001, Posting.of(code("1010"), eur("0.00")))
                                .toArray(Posting[]::new))));
        cases.put(
                Rule.ENTRY_UNBALANCED,
                books -> books.refuse(
                        entry(DAY, Posting.of(code("1010"), eur("1.00")), Posting.of(code("4000"), eur("-0.99")))));
        cases.put(Rule.ENTRY_CURRENCY_UNBALANCED, _ -> {
            TestBooks own = TestBooks.empty();
            own.accept(new CreateTenant(
                    "A",
                    EUR,
                    Month.JANUARY,
                    ZoneOffset.UTC,
                    ChartTemplate.EMPTY,
                    TaxRounding.PER_LINE,
                    null,
                    MARCH,
                    1));
            own.accept(new OpenAccount(code("Assets:A"), "A", AccountType.ASSET, null, null));
            return own.refuse(entry(
                    DAY,
                    new Posting(code("Assets:A"), Money.of(USD, "1.10"), eur("1.00"), Map.of()),
                    Posting.of(code("Assets:A"), eur("-1.00"))));
        });
        cases.put(Rule.ENTRY_WRONG_CURRENCY, books -> {
            books.accept(new OpenAccount(code("1020"), "Dollars", AccountType.ASSET, null, USD));
            return books.refuse(
                    entry(DAY, Posting.of(code("1020"), eur("1.00")), Posting.of(code("4000"), eur("-1.00"))));
        });
        cases.put(
                Rule.ENTRY_BASE_AMOUNT_WRONG,
                books -> books.refuse(entry(
                        DAY,
                        new Posting(code("1010"), eur("1.00"), eur("2.00"), Map.of()),
                        new Posting(code("4000"), eur("-1.00"), eur("-2.00"), Map.of()))));
        cases.put(Rule.ENTRY_EXISTS, books -> {
            PostJournalEntry named = new PostJournalEntry(
                    new JournalEntryId(NOBODY), DAY, "", "", sale("1.00").lines(), Map.of());
            books.accept(named);
            return books.refuse(named);
        });
        cases.put(
                Rule.ENTRY_UNKNOWN,
                books -> books.refuse(new ReverseJournalEntry(new JournalEntryId(NOBODY), DAY, "")));
        cases.put(Rule.ENTRY_REVERSED, books -> {
            ReverseJournalEntry reverse = new ReverseJournalEntry(posted(books), DAY, "");
            books.accept(reverse);
            return books.refuse(reverse);
        });
        cases.put(Rule.ENTRY_IS_REVERSAL, books -> {
            String reversal = id(books.accept(new ReverseJournalEntry(posted(books), DAY, "")), "reversal");
            return books.refuse(new ReverseJournalEntry(JournalEntryId.of(reversal), DAY, ""));
        });
        cases.put(
                Rule.REVERSAL_BEFORE_ENTRY,
                books -> books.refuse(new ReverseJournalEntry(posted(books), DAY.minusDays(1), "")));
        cases.put(Rule.ENTRY_BELONGS_TO_DOCUMENT, books -> {
            String posted = id(books.accept(new ApproveInvoice(drafted(books, "100.00"))), "journalEntry");
            return books.refuse(new ReverseJournalEntry(JournalEntryId.of(posted), DAY, ""));
        });
        cases.put(Rule.AMOUNT_TOO_LARGE, books -> {
            Money huge = Money.ofMinor(EUR, Long.MAX_VALUE);
            return books.refuse(entry(
                    DAY,
                    Posting.of(code("1010"), huge),
                    Posting.of(code("1010"), huge),
                    Posting.of(code("4000"), huge.negated())));
        });
    }

    private void imports() {
        cases.put(Rule.IMPORT_INVALID, books -> books.refuse(new ImportJournalEntries("file", List.of(sale("1.00")))));
    }

    private void invoices() {
        cases.put(Rule.INVOICE_UNKNOWN, books -> books.refuse(new ApproveInvoice(new InvoiceId(NOBODY))));
        cases.put(Rule.INVOICE_LINES_INVALID, books -> books.refuse(draft("c", line("0", "1", null))));
        cases.put(
                Rule.INVOICE_CURRENCY_NOT_BASE,
                books -> books.refuse(
                        new DraftInvoice(CustomerId.of("c"), DAY, DAY, USD, "", List.of(line("1", "1", null)))));
        cases.put(
                Rule.INVOICE_DUE_BEFORE_DATE,
                books -> books.refuse(new DraftInvoice(
                        CustomerId.of("c"), DAY, DAY.minusDays(1), EUR, "", List.of(line("1", "1", null)))));
        cases.put(
                Rule.INVOICE_TAX_INVALID,
                books -> books.refuse(draft("c", line("1", "1", new Tax("V", new BigDecimal("101"), false, null)))));
        cases.put(Rule.AMOUNT_NOT_POSITIVE, books -> books.refuse(draft("c", line("1", "0", null))));
        cases.put(Rule.INVOICE_NOT_DRAFT, books -> {
            InvoiceId invoice = approved(books, "100.00");
            return books.refuse(new ApproveInvoice(invoice));
        });
        cases.put(
                Rule.INVOICE_NOT_APPROVED,
                books -> books.refuse(receive("c", "1.00", new Allocation(drafted(books, "100.00"), eur("1.00")))));
        cases.put(Rule.INVOICE_VOIDED, books -> {
            InvoiceId invoice = drafted(books, "100.00");
            books.accept(new VoidInvoice(invoice, DAY, "a mistake"));
            return books.refuse(new ApproveInvoice(invoice));
        });
        cases.put(Rule.INVOICE_HAS_PAYMENTS, books -> {
            InvoiceId invoice = approved(books, "100.00");
            books.accept(receive("c", "1.00", new Allocation(invoice, eur("1.00"))));
            return books.refuse(new VoidInvoice(invoice, DAY, "a mistake"));
        });
        cases.put(Rule.INVOICE_AUTHOR_OVER_LIMIT, books -> books.refuse(new ApproveInvoice(drafted(books, "1000.01"))));
    }

    private void payments() {
        cases.put(
                Rule.PAYMENT_UNKNOWN, books -> books.refuse(new ReversePayment(new PaymentId(NOBODY), DAY, "bounced")));
        cases.put(Rule.PAYMENT_REVERSED, books -> {
            PaymentId payment = PaymentId.of(id(books.accept(receive("c", "1.00")), "payment"));
            books.accept(new ReversePayment(payment, DAY, "bounced"));
            return books.refuse(new ReversePayment(payment, DAY, "bounced"));
        });
        cases.put(
                Rule.PAYMENT_CURRENCY_NOT_BASE,
                books -> books.refuse(new ReceivePayment(
                        CustomerId.of("c"), DAY, Money.of(USD, "1.00"), code("1010"), "", List.of())));
        cases.put(Rule.PAYMENT_ALLOCATIONS_INVALID, books -> {
            Allocation allocation = new Allocation(approved(books, "100.00"), eur("1.00"));
            return books.refuse(receive("c", "2.00", allocation, allocation));
        });
        cases.put(Rule.ALLOCATED_OVER_PAID, books -> {
            PaymentId payment = PaymentId.of(id(books.accept(receive("c", "1.00")), "payment"));
            InvoiceId invoice = approved(books, "100.00");
            return books.refuse(new AllocatePayment(payment, List.of(new Allocation(invoice, eur("1.01")))));
        });
        cases.put(
                Rule.ALLOCATED_OVER_OPEN,
                books ->
                        books.refuse(receive("c", "200.00", new Allocation(approved(books, "100.00"), eur("119.01")))));
        cases.put(
                Rule.ALLOCATED_TO_OTHER_CUSTOMER,
                books -> books.refuse(receive("d", "1.00", new Allocation(approved(books, "100.00"), eur("1.00")))));
    }

    private static JournalEntryId posted(TestBooks books) {
        return JournalEntryId.of(id(books.accept(sale("1.00")), "journalEntry"));
    }

    private static InvoiceId drafted(TestBooks books, String price) {
        return InvoiceId.of(id(books.accept(draft("c", line("1", price, vat19()))), "invoice"));
    }

    private static InvoiceId approved(TestBooks books, String price) {
        InvoiceId invoice = drafted(books, price);
        books.accept(new ApproveInvoice(invoice));
        return invoice;
    }
}
