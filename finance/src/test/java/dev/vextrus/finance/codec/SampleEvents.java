package dev.vextrus.finance.codec;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.AccountDeactivated;
import dev.vextrus.finance.account.AccountOpened;
import dev.vextrus.finance.account.AccountReactivated;
import dev.vextrus.finance.account.AccountType;
import dev.vextrus.finance.account.ChartStarted;
import dev.vextrus.finance.account.PostingAccounts;
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
import dev.vextrus.finance.invoice.Tax;
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
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One event of each type, every field set. */
final class SampleEvents {
    private static final CurrencyCode EUR = CurrencyCode.of("EUR");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 14);
    private static final YearMonth MARCH = YearMonth.of(2026, 3);
    private static final AccountCode BANK = AccountCode.of("Assets:Bank \"Ü\"");
    private static final JournalEntryId ENTRY = new JournalEntryId(new UUID(0, 1));
    private static final JournalEntryId REVERSAL = new JournalEntryId(new UUID(0, 2));
    private static final InvoiceId INVOICE = new InvoiceId(new UUID(0, 3));
    private static final PaymentId PAYMENT = new PaymentId(new UUID(0, 4));
    private static final CustomerId CUSTOMER = CustomerId.of("c-1");

    private SampleEvents() {}

    static List<FinanceEvent> all() {
        Tax tax = new Tax("VAT", new BigDecimal("19.0"), true, AccountCode.of("2200"));
        InvoiceLine line = new InvoiceLine(
                "Work",
                new BigDecimal("1.50"),
                new BigDecimal("80.000001"),
                BigDecimal.TEN,
                tax,
                AccountCode.of("4000"));
        return List.of(
                new TenantCreated(
                        "Acme", EUR, Month.APRIL, ZoneId.of("Asia/Dhaka"), TaxRounding.PER_DOCUMENT, eur("1000.00")),
                new ChartStarted(new PostingAccounts(
                        AccountCode.of("1200"),
                        AccountCode.of("2200"),
                        AccountCode.of("3900"),
                        AccountCode.of("3990"))),
                new AccountOpened(BANK, "Bank", AccountType.ASSET, AccountCode.of("Assets"), EUR),
                new AccountDeactivated(BANK),
                new AccountReactivated(BANK),
                new PeriodOpened(MARCH),
                new PeriodClosed(MARCH),
                new PeriodReopened(MARCH, "late papers"),
                new JournalEntryPosted(
                        ENTRY,
                        DAY,
                        "R-1",
                        "memo\nof two lines",
                        new EntrySource(EntrySource.Kind.IMPORT, "i-1"),
                        List.of(
                                new Posting(
                                        BANK,
                                        Money.of(CurrencyCode.of("JPY"), "1600"),
                                        eur("10.00"),
                                        Map.of("project", "p", "cost-centre", "c")),
                                Posting.of(AccountCode.of("4000"), eur("-10.00"))),
                        Map.of("b", "2", "a", "1")),
                new JournalEntryReversed(ENTRY, REVERSAL),
                new InvoiceDrafted(
                        INVOICE,
                        CUSTOMER,
                        DAY,
                        DAY.plusDays(30),
                        "PO",
                        "ann",
                        List.of(new PricedLine(line, eur("90.76"), eur("17.24"))),
                        eur("90.76"),
                        eur("17.24"),
                        eur("108.00")),
                new InvoiceApproved(INVOICE, CUSTOMER, eur("108.00"), ENTRY),
                new InvoicePaymentApplied(INVOICE, PAYMENT.value(), eur("8.00"), eur("100.00")),
                new InvoicePaymentWithdrawn(INVOICE, PAYMENT.value(), eur("8.00"), eur("108.00")),
                new InvoiceVoided(INVOICE, DAY, "a mistake", REVERSAL),
                new PaymentReceived(PAYMENT, CUSTOMER, DAY, eur("108.00"), BANK, "transfer", ENTRY),
                new PaymentAllocated(PAYMENT, INVOICE, eur("8.00"), eur("100.00")),
                new PaymentReversed(PAYMENT, DAY, "bounced", REVERSAL));
    }

    private static Money eur(String amount) {
        return Money.of(EUR, amount);
    }
}
