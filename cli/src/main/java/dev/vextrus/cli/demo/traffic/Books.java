package dev.vextrus.cli.demo.traffic;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one tenant's people have in front of them: drafts to approve, approved invoices that will be paid. */
final class Books {
    private static final String CURRENCY = "EUR";
    private static final List<String> TAX_PERCENTS = List.of("19", "19", "7", "");
    private static final int MOST_OPEN = 200;

    private final Queue<Invoice> drafts = new ConcurrentLinkedQueue<>();
    private final Queue<Invoice> approved = new ConcurrentLinkedQueue<>();
    private final Chart chart;
    private final LocalDate today;

    /** The accounts that the traffic posts to. */
    record Chart(String bank, String revenue, String expense) {}

    private record Invoice(String id, String customer, BigDecimal net) {}

    /** A request with what its success means for the books. */
    record Planned(Operation operation, Map<String, ?> variables, Learning learning) {}

    /** Takes the answer in; {@code payload} is null where the request failed. */
    @FunctionalInterface
    interface Learning {
        void from(@Nullable JsonNode payload);
    }

    Books(Chart chart, LocalDate today) {
        this.chart = chart;
        this.today = today;
    }

    /** What happens next in these books; nothing is approved or paid that is not there. */
    Planned next(SplittableRandom random) {
        Operation wanted = Operation.at(random.nextInt(100));
        return switch (wanted) {
            case POST_JOURNAL_ENTRY -> entry(random);
            case DRAFT_INVOICE -> draft(random);
            case APPROVE_INVOICE -> approval(random);
            case RECEIVE_PAYMENT -> payment(random);
            case TRIAL_BALANCE, RECENT_INVOICES -> new Planned(wanted, Map.of(), payload -> {});
        };
    }

    private Planned entry(SplittableRandom random) {
        BigDecimal amount = BigDecimal.valueOf(random.nextLong(1, 250_000), 2);
        Map<String, ?> input = Map.of(
                "date", today.toString(),
                "reference", "receipt " + random.nextInt(100_000),
                "lines", List.of(line(chart.expense(), amount), line(chart.bank(), amount.negate())));
        return new Planned(Operation.POST_JOURNAL_ENTRY, Map.of("input", input), payload -> {});
    }

    private static Map<String, String> line(String account, BigDecimal amount) {
        return Map.of("account", account, "amount", amount.toPlainString(), "currency", CURRENCY);
    }

    private Planned draft(SplittableRandom random) {
        String customer = "customer-" + random.nextInt(1, 30);
        int quantity = random.nextInt(1, 10);
        BigDecimal price = BigDecimal.valueOf(random.nextLong(100, 50_000), 2);
        String percent = TAX_PERCENTS.get(random.nextInt(TAX_PERCENTS.size()));
        Map<String, Object> line = new HashMap<>(Map.of(
                "description", "services",
                "quantity", Integer.toString(quantity),
                "unitPrice", price.toPlainString(),
                "revenueAccount", chart.revenue()));
        if (!percent.isEmpty()) {
            line.put("tax", Map.of("code", "VAT" + percent, "percent", percent));
        }
        Map<String, ?> input = Map.of(
                "customer", customer,
                "date", today.toString(),
                "dueDate", today.plusDays(30).toString(),
                "currency", CURRENCY,
                "lines", List.of(line));
        BigDecimal net = price.multiply(BigDecimal.valueOf(quantity));
        return new Planned(Operation.DRAFT_INVOICE, Map.of("input", input), payload -> {
            if (payload != null && drafts.size() < MOST_OPEN) {
                drafts.add(new Invoice(payload.path("id").asString(), customer, net));
            }
        });
    }

    private Planned approval(SplittableRandom random) {
        Invoice invoice = drafts.poll();
        if (invoice == null) {
            return draft(random);
        }
        return new Planned(
                Operation.APPROVE_INVOICE,
                Map.of("input", Map.of("id", invoice.id())),
                payload -> (payload == null ? drafts : approved).add(invoice));
    }

    /** Customers pay the net first: it never exceeds what is open, whatever the tax comes to. */
    private Planned payment(SplittableRandom random) {
        Invoice invoice = approved.poll();
        if (invoice == null) {
            return approval(random);
        }
        String amount = invoice.net().toPlainString();
        Map<String, ?> input = Map.of(
                "customer", invoice.customer(),
                "date", today.toString(),
                "amount", amount,
                "currency", CURRENCY,
                "bankAccount", chart.bank(),
                "allocations", List.of(Map.of("invoice", invoice.id(), "amount", amount)));
        return new Planned(Operation.RECEIVE_PAYMENT, Map.of("input", input), payload -> {
            if (payload == null) {
                approved.add(invoice);
            }
        });
    }
}
