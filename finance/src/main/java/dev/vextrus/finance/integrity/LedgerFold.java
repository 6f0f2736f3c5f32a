package dev.vextrus.finance.integrity;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.invoice.InvoiceApproved;
import dev.vextrus.finance.invoice.InvoiceEvent;
import dev.vextrus.finance.invoice.InvoicePaymentApplied;
import dev.vextrus.finance.journal.EntrySource;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.JournalEntryReversed;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.payment.PaymentAllocated;
import dev.vextrus.finance.payment.PaymentEvent;
import dev.vextrus.finance.payment.PaymentReceived;
import dev.vextrus.finance.projection.EventDecoder;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.TenantId;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The books as the log has them, folded here a second time and apart from the projections, so that a mistake of theirs
 * is not repeated. Kept in memory and moved on by what is new, some 300 bytes for each invoice, payment and balance, and
 * nothing that grows for a journal entry.
 */
final class LedgerFold {
    private static final int BATCH = 5_000;

    private final EventStore store;
    private final EventDecoder decoder;
    private final Tally balanced;
    private final Tally readable;
    private final Sequences sequences;
    private final TradeFold trade;
    private final Counterparts counterparts;
    private final Map<TenantId, TenantFold> tenants = new HashMap<>();
    private final Set<Stream> unreadable = new HashSet<>();
    private long position;

    private record Stream(TenantId tenant, StreamId stream) {}

    LedgerFold(EventStore store, EventDecoder decoder, Findings findings) {
        this.store = store;
        this.decoder = decoder;
        this.balanced = findings.balanced;
        this.readable = findings.readable;
        this.sequences = new Sequences(findings.gaps, store::positions);
        this.trade = new TradeFold(findings.bounds, findings.orphans);
        this.counterparts = new Counterparts(findings.orphans);
    }

    Map<TenantId, TenantFold> tenants() {
        return tenants;
    }

    long position() {
        return position;
    }

    /** Applies every event up to {@code target}, which must not lie after the head, and none behind it. */
    void advanceTo(long target) {
        while (position < target) {
            List<RecordedEvent> events = store.readLog(position, BATCH).stream()
                    .takeWhile(event -> event.position() <= target)
                    .toList();
            sequences.apply(events);
            for (RecordedEvent event : events) {
                apply(event);
                position = event.position();
            }
            if (events.size() < BATCH) {
                position = target;
            }
        }
        counterparts.reached(position);
    }

    private void apply(RecordedEvent recorded) {
        String where = recorded.tenant() + " at position " + recorded.position();
        Stream stream = new Stream(recorded.tenant(), recorded.stream());
        if (unreadable.contains(stream)) {
            return;
        }
        FinanceEvent event;
        try {
            event = decoder.decode(recorded);
        } catch (RuntimeException e) {
            unreadable.add(stream);
            readable.check(false, () -> where + ": " + e.getMessage());
            return;
        }
        readable.check(true, () -> "");
        fold(tenants.computeIfAbsent(recorded.tenant(), t -> new TenantFold()), recorded, event, where);
    }

    private void fold(TenantFold tenant, RecordedEvent recorded, FinanceEvent event, String where) {
        pair(recorded, event, where);
        if (event instanceof JournalEntryPosted posted) {
            checkBalance(posted, where);
            tenant.post(posted);
        } else if (event instanceof InvoiceEvent invoice) {
            trade.apply(tenant, invoice, where);
        } else if (event instanceof PaymentEvent payment) {
            trade.apply(tenant, payment, where);
        }
    }

    private void pair(RecordedEvent recorded, FinanceEvent event, String where) {
        String tenant = recorded.tenant() + "/";
        long at = recorded.position();
        if (event instanceof JournalEntryPosted posted
                && posted.source().kind() != EntrySource.Kind.MANUAL
                && posted.source().kind() != EntrySource.Kind.IMPORT) {
            String source = posted.source().kind() + "/" + posted.source().id();
            counterparts.seen("journal entry " + posted.entry(), tenant + source, at, where);
        } else if (event instanceof PaymentReceived received) {
            String key = tenant + EntrySource.Kind.PAYMENT + "/" + received.payment();
            counterparts.seen("payment " + received.payment(), key, at, where);
        } else if (event instanceof InvoiceApproved approved) {
            String key = tenant + EntrySource.Kind.INVOICE + "/" + approved.invoice();
            counterparts.seen("invoice " + approved.invoice(), key, at, where);
        } else if (event instanceof JournalEntryReversed reversed) {
            String key = tenant + EntrySource.Kind.REVERSAL + "/" + reversed.entry();
            counterparts.seen("reversal of " + reversed.entry(), key, at, where);
        } else if (event instanceof PaymentAllocated a) {
            String key = tenant + "allocation/" + a.payment() + "/" + a.invoice() + "/" + a.amount();
            counterparts.seen("allocation of payment " + a.payment(), key, at, where);
        } else if (event instanceof InvoicePaymentApplied a) {
            String key = tenant + "allocation/" + a.payment() + "/" + a.invoice() + "/" + a.amount();
            counterparts.seen("payment of invoice " + a.invoice(), key, at, where);
        }
    }

    private void checkBalance(JournalEntryPosted posted, String where) {
        Map<CurrencyCode, BigInteger> sums = new HashMap<>();
        BigInteger base = BigInteger.ZERO;
        for (Posting line : posted.lines()) {
            sums.merge(
                    line.amount().currency(), BigInteger.valueOf(line.amount().minorUnits()), BigInteger::add);
            base = base.add(BigInteger.valueOf(line.baseAmount().minorUnits()));
        }
        boolean even = base.signum() == 0 && sums.values().stream().allMatch(sum -> sum.signum() == 0);
        balanced.check(even, () -> where + ": entry " + posted.entry() + " is out of balance");
    }
}
