package dev.vextrus.finance.handling;

import static dev.vextrus.finance.handling.TestBooks.EUR;
import static dev.vextrus.finance.handling.TestBooks.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.finance.command.FinanceCommand;
import dev.vextrus.finance.command.Outcome;
import dev.vextrus.finance.invoice.ApproveInvoice;
import dev.vextrus.finance.invoice.CustomerId;
import dev.vextrus.finance.invoice.DraftInvoice;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.invoice.VoidInvoice;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.journal.ReverseJournalEntry;
import dev.vextrus.finance.payment.AllocatePayment;
import dev.vextrus.finance.payment.Allocation;
import dev.vextrus.finance.payment.PaymentId;
import dev.vextrus.finance.payment.ReceivePayment;
import dev.vextrus.finance.payment.ReversePayment;
import dev.vextrus.finance.period.ClosePeriod;
import dev.vextrus.finance.period.ReopenPeriod;
import dev.vextrus.kernel.Money;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Seeded commands, sound and unsound, given to the books and to the model, which must agree on each. */
final class RandomCommands {
    private final Random random;
    private final long seed;
    private final TestBooks books;
    final ModelBooks model = new ModelBooks();

    RandomCommands(long seed, TestBooks books) {
        this.random = new Random(seed);
        this.seed = seed;
        this.books = books;
    }

    void run(int commands) {
        for (int i = 0; i < commands; i++) {
            switch (random.nextInt(12)) {
                case 0, 1 -> post();
                case 2 -> reverseEntry();
                case 3, 4 -> draft();
                case 5, 6 -> approve();
                case 7 -> voidInvoice();
                case 8, 9 -> receive();
                case 10 -> allocate();
                default -> lifecycle();
            }
        }
    }

    private void post() {
        long amount = 1L + random.nextInt(100_000);
        long credit = random.nextInt(10) == 0 ? amount + 1 : amount;
        LocalDate date = date();
        Outcome outcome = give(
                TestBooks.entry(
                        date, Posting.of(code("1010"), cents(amount)), Posting.of(code("4000"), cents(-credit))),
                credit == amount && open(date));
        if (outcome instanceof Outcome.Accepted accepted) {
            ModelBooks.Entry entry =
                    new ModelBooks.Entry(YearMonth.from(date), Map.of("1010", amount, "4000", -amount));
            model.entries.put(TestBooks.id(accepted, "journalEntry"), entry);
            model.post(entry.lines, 1);
        }
    }

    private void reverseEntry() {
        String id = any(model.entries.keySet());
        ModelBooks.Entry entry = model.entries.get(id);
        if (entry == null) {
            return;
        }
        LocalDate date = date();
        boolean sound = !entry.reversed && open(date) && !YearMonth.from(date).isBefore(entry.month);
        if (give(new ReverseJournalEntry(JournalEntryId.of(id), date, ""), sound) instanceof Outcome.Accepted) {
            entry.reversed = true;
            model.post(entry.lines, -1);
        }
    }

    private void draft() {
        long net = random.nextInt(50_000);
        String customer = "c" + random.nextInt(3);
        LocalDate date = LocalDate.of(2026, 1 + random.nextInt(3), 15);
        DraftInvoice draft = new DraftInvoice(
                CustomerId.of(customer),
                date,
                date.plusDays(30),
                EUR,
                "",
                List.of(TestBooks.line("1", cents(net).amount().toPlainString(), TestBooks.vat19())));
        if (give(draft, net > 0) instanceof Outcome.Accepted accepted) {
            // 19 %, half up, in whole cents.
            ModelBooks.Invoice invoice = new ModelBooks.Invoice(customer, net, (net * 19 + 50) / 100);
            model.invoices.put(TestBooks.id(accepted, "invoice"), invoice);
            months.put(TestBooks.id(accepted, "invoice"), YearMonth.from(date));
        }
    }

    private final Map<String, YearMonth> months = new LinkedHashMap<>();

    private void approve() {
        String id = any(model.invoices.keySet());
        ModelBooks.Invoice invoice = model.invoices.get(id);
        if (invoice == null) {
            return;
        }
        boolean sound = invoice.status.equals("draft") && !model.closed.contains(months.get(id));
        if (give(new ApproveInvoice(InvoiceId.of(id)), sound) instanceof Outcome.Accepted) {
            invoice.status = "approved";
            invoice.open = invoice.total();
            model.post(posting(invoice), 1);
        }
    }

    private void voidInvoice() {
        String id = any(model.invoices.keySet());
        ModelBooks.Invoice invoice = model.invoices.get(id);
        if (invoice == null) {
            return;
        }
        LocalDate date = LocalDate.of(2026, 4 + random.nextInt(3), 1);
        boolean draft = invoice.status.equals("draft");
        boolean sound = draft || (invoice.status.equals("approved") && invoice.open == invoice.total() && open(date));
        if (give(new VoidInvoice(InvoiceId.of(id), date, "no"), sound) instanceof Outcome.Accepted) {
            if (!draft) {
                model.post(posting(invoice), -1);
            }
            invoice.status = "voided";
            invoice.open = 0;
        }
    }

    private void receive() {
        String customer = "c" + random.nextInt(3);
        long amount = 1L + random.nextInt(60_000);
        LocalDate date = LocalDate.of(2026, 1 + random.nextInt(3), 20);
        Map<String, Long> allocations = allocations(amount);
        ReceivePayment receive =
                new ReceivePayment(CustomerId.of(customer), date, cents(amount), code("1010"), "", list(allocations));
        boolean sound = open(date) && model.canAllocate(customer, amount, allocations);
        if (give(receive, sound) instanceof Outcome.Accepted accepted) {
            ModelBooks.Payment payment = new ModelBooks.Payment(customer, amount);
            model.payments.put(TestBooks.id(accepted, "payment"), payment);
            model.post(Map.of("1010", amount, "1200", -amount), 1);
            model.allocate(payment, allocations);
        }
    }

    private void allocate() {
        String id = any(model.payments.keySet());
        ModelBooks.Payment payment = model.payments.get(id);
        if (payment == null) {
            return;
        }
        Map<String, Long> allocations = allocations(payment.left + 1);
        boolean sound = !payment.reversed
                && !allocations.isEmpty()
                && model.canAllocate(payment.customer, payment.left, allocations);
        if (give(new AllocatePayment(PaymentId.of(id), list(allocations)), sound) instanceof Outcome.Accepted) {
            model.allocate(payment, allocations);
        }
    }

    private void lifecycle() {
        if (random.nextBoolean()) {
            YearMonth month = YearMonth.of(2026, 1 + random.nextInt(6));
            boolean close = random.nextInt(3) == 0;
            boolean sound = close != model.closed.contains(month);
            FinanceCommand command = close ? new ClosePeriod(month) : new ReopenPeriod(month, "why not");
            if (give(command, sound) instanceof Outcome.Accepted) {
                if (close) {
                    model.closed.add(month);
                } else {
                    model.closed.remove(month);
                }
            }
            return;
        }
        String id = any(model.payments.keySet());
        ModelBooks.Payment payment = model.payments.get(id);
        if (payment == null) {
            return;
        }
        LocalDate date = LocalDate.of(2026, 4 + random.nextInt(3), 1);
        if (give(new ReversePayment(PaymentId.of(id), date, "bounced"), !payment.reversed && open(date))
                instanceof Outcome.Accepted) {
            payment.reversed = true;
            model.post(Map.of("1010", payment.amount, "1200", -payment.amount), -1);
            payment.allocations.forEach(allocation -> {
                ModelBooks.Invoice invoice = model.invoices.get(allocation.getKey());
                if (invoice != null) {
                    invoice.open += allocation.getValue();
                }
            });
        }
    }

    private Outcome give(FinanceCommand command, boolean sound) {
        Outcome outcome = books.run("bob", "random-" + random.nextLong(), command);
        assertThat(outcome)
                .as("seed %d: %s", seed, command)
                .isInstanceOf(sound ? Outcome.Accepted.class : Outcome.Refused.class);
        return outcome;
    }

    private Map<String, Long> allocations(long most) {
        Map<String, Long> allocations = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0 && !model.invoices.isEmpty(); i--) {
            String id = any(model.invoices.keySet());
            ModelBooks.Invoice invoice = model.invoices.get(id);
            long open = invoice == null ? 0 : invoice.open;
            allocations.put(id, random.nextBoolean() ? open : 1 + random.nextLong(most));
        }
        return allocations;
    }

    private static List<Allocation> list(Map<String, Long> allocations) {
        return allocations.entrySet().stream()
                .map(allocation -> new Allocation(InvoiceId.of(allocation.getKey()), cents(allocation.getValue())))
                .toList();
    }

    private static Map<String, Long> posting(ModelBooks.Invoice invoice) {
        return Map.of("1200", invoice.total(), "4000", -invoice.net, "2200", -invoice.tax);
    }

    private boolean open(LocalDate date) {
        return !model.closed.contains(YearMonth.from(date));
    }

    private LocalDate date() {
        return LocalDate.of(2026, 1 + random.nextInt(6), 10);
    }

    private String any(Set<String> ids) {
        List<String> all = new ArrayList<>(ids);
        return all.isEmpty() ? "" : all.get(random.nextInt(all.size()));
    }

    private static Money cents(long minor) {
        return Money.ofMinor(EUR, minor);
    }
}
