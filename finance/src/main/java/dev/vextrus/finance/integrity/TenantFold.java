package dev.vextrus.finance.integrity;

import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.kernel.CurrencyCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One tenant's books as the log has them, and what of them changed since the read model was last compared. */
final class TenantFold {
    final Map<BalanceKey, Sums> balances = new HashMap<>();
    final Map<UUID, Invoice> invoices = new HashMap<>();
    final Map<UUID, Payment> payments = new HashMap<>();
    final Set<BalanceKey> touchedBalances = new HashSet<>();
    final Set<UUID> touchedInvoices = new HashSet<>();
    final Set<UUID> touchedPayments = new HashSet<>();
    private Turnover newTurnover = Turnover.NONE;

    record BalanceKey(String account, String currency) {}

    /** Sums of debit and credit lines, in the line's currency and in base currency; minor units, none negative. */
    record Sums(BigInteger debit, BigInteger credit, BigInteger baseDebit, BigInteger baseCredit) {
        static final Sums ZERO = new Sums(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

        /** For people, in whole units. */
        String in(CurrencyCode currency) {
            String base = debit.equals(baseDebit) && credit.equals(baseCredit)
                    ? ""
                    : " (in base currency's smallest units: debit " + baseDebit + ", credit " + baseCredit + ")";
            return "debit " + whole(debit, currency) + ", credit " + whole(credit, currency) + base;
        }

        private static String whole(BigInteger minor, CurrencyCode currency) {
            return new BigDecimal(minor, currency.minorUnits()).toPlainString();
        }

        Sums plus(Posting line) {
            BigInteger amount = BigInteger.valueOf(line.amount().minorUnits());
            BigInteger base = BigInteger.valueOf(line.baseAmount().minorUnits());
            boolean isDebit = amount.signum() > 0 || (amount.signum() == 0 && base.signum() > 0);
            return isDebit
                    ? new Sums(debit.add(amount), credit, baseDebit.add(base), baseCredit)
                    : new Sums(debit, credit.subtract(amount), baseDebit, baseCredit.subtract(base));
        }
    }

    /** What was posted since the last comparison. */
    record Turnover(long entries, long lines, BigInteger base) {
        static final Turnover NONE = new Turnover(0, 0, BigInteger.ZERO);
    }

    /** An invoice's state; {@code open} in minor units. */
    record Invoice(String status, long total, long open) {}

    /** A payment's state; amounts in minor units. */
    record Payment(boolean reversed, long amount, long allocated) {
        long unallocated() {
            return reversed ? 0 : amount - allocated;
        }
    }

    void post(JournalEntryPosted posted) {
        BigInteger base = newTurnover.base();
        for (Posting line : posted.lines()) {
            BalanceKey key = new BalanceKey(
                    line.account().value(), line.amount().currency().code());
            balances.put(key, balances.getOrDefault(key, Sums.ZERO).plus(line));
            touchedBalances.add(key);
            base = base.add(BigInteger.valueOf(line.baseAmount().minorUnits()).abs());
        }
        newTurnover = new Turnover(
                newTurnover.entries() + 1, newTurnover.lines() + posted.lines().size(), base);
    }

    void put(UUID id, Invoice invoice) {
        invoices.put(id, invoice);
        touchedInvoices.add(id);
    }

    void put(UUID id, Payment payment) {
        payments.put(id, payment);
        touchedPayments.add(id);
    }

    boolean isTouched() {
        return newTurnover.entries() > 0
                || !touchedBalances.isEmpty()
                || !touchedInvoices.isEmpty()
                || !touchedPayments.isEmpty();
    }

    Turnover newTurnover() {
        return newTurnover;
    }

    /** All of it is to be compared again. */
    void touchAll() {
        touchedBalances.addAll(balances.keySet());
        touchedInvoices.addAll(invoices.keySet());
        touchedPayments.addAll(payments.keySet());
    }

    /** The read model was compared, and the turnover is counted from here. */
    void compared() {
        touchedBalances.clear();
        touchedInvoices.clear();
        touchedPayments.clear();
        newTurnover = Turnover.NONE;
    }
}
