package dev.vextrus.finance.handling;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rules of the books once more, in the plainest form: maps and additions, amounts in cents, no events. What the write
 * side accepts, refuses and comes to is compared with it.
 */
final class ModelBooks {
    final Map<String, Long> balances = new TreeMap<>();
    final Map<String, Invoice> invoices = new LinkedHashMap<>();
    final Map<String, Payment> payments = new LinkedHashMap<>();
    final Map<String, Entry> entries = new LinkedHashMap<>();
    final Set<YearMonth> closed = new HashSet<>();

    static final class Entry {
        final YearMonth month;
        final Map<String, Long> lines;
        boolean reversed;

        Entry(YearMonth month, Map<String, Long> lines) {
            this.month = month;
            this.lines = lines;
        }
    }

    static final class Invoice {
        final String customer;
        final long net;
        final long tax;
        long open;
        String status = "draft";

        Invoice(String customer, long net, long tax) {
            this.customer = customer;
            this.net = net;
            this.tax = tax;
        }

        long total() {
            return net + tax;
        }
    }

    static final class Payment {
        final String customer;
        final long amount;
        final List<Map.Entry<String, Long>> allocations = new ArrayList<>();
        long left;
        boolean reversed;

        Payment(String customer, long amount) {
            this.customer = customer;
            this.amount = amount;
            this.left = amount;
        }
    }

    void post(Map<String, Long> lines, int sign) {
        lines.forEach((account, amount) -> balances.merge(account, sign * amount, Long::sum));
    }

    boolean canAllocate(String customer, long left, Map<String, Long> allocations) {
        long sum = 0;
        for (Map.Entry<String, Long> allocation : allocations.entrySet()) {
            Invoice invoice = invoices.get(allocation.getKey());
            if (invoice == null
                    || !invoice.status.equals("approved")
                    || !invoice.customer.equals(customer)
                    || allocation.getValue() <= 0
                    || allocation.getValue() > invoice.open) {
                return false;
            }
            sum += allocation.getValue();
        }
        return sum <= left;
    }

    void allocate(Payment payment, Map<String, Long> allocations) {
        allocations.forEach((id, amount) -> {
            Invoice invoice = invoices.get(id);
            if (invoice != null) {
                invoice.open -= amount;
            }
            payment.left -= amount;
            payment.allocations.add(Map.entry(id, amount));
        });
    }
}
