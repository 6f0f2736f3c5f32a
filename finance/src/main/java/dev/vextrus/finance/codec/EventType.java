package dev.vextrus.finance.codec;

import dev.vextrus.finance.account.AccountDeactivated;
import dev.vextrus.finance.account.AccountOpened;
import dev.vextrus.finance.account.AccountReactivated;
import dev.vextrus.finance.account.ChartStarted;
import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.invoice.InvoiceApproved;
import dev.vextrus.finance.invoice.InvoiceDrafted;
import dev.vextrus.finance.invoice.InvoicePaymentApplied;
import dev.vextrus.finance.invoice.InvoicePaymentWithdrawn;
import dev.vextrus.finance.invoice.InvoiceVoided;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.JournalEntryReversed;
import dev.vextrus.finance.payment.PaymentAllocated;
import dev.vextrus.finance.payment.PaymentReceived;
import dev.vextrus.finance.payment.PaymentReversed;
import dev.vextrus.finance.period.PeriodClosed;
import dev.vextrus.finance.period.PeriodOpened;
import dev.vextrus.finance.period.PeriodReopened;
import dev.vextrus.finance.tenant.TenantCreated;
import java.util.List;

/**
 * A stored type: its name in the log, the schema version that is written now, and the record that it becomes. Names are
 * spelled out here, so that renaming a record does not rename what is stored.
 */
record EventType(EventVersion written, Class<? extends FinanceEvent> record) {

    /** All of them. A new schema version goes up here, with an {@link Upcaster} from the one before. */
    static final List<EventType> ALL = List.of(
            of("TenantCreated", 1, TenantCreated.class),
            of("AccountOpened", 1, AccountOpened.class),
            of("AccountDeactivated", 1, AccountDeactivated.class),
            of("AccountReactivated", 1, AccountReactivated.class),
            of("ChartStarted", 1, ChartStarted.class),
            of("PeriodOpened", 1, PeriodOpened.class),
            of("PeriodClosed", 1, PeriodClosed.class),
            of("PeriodReopened", 1, PeriodReopened.class),
            of("JournalEntryPosted", 1, JournalEntryPosted.class),
            of("JournalEntryReversed", 1, JournalEntryReversed.class),
            of("InvoiceDrafted", 1, InvoiceDrafted.class),
            of("InvoiceApproved", 1, InvoiceApproved.class),
            of("InvoicePaymentApplied", 1, InvoicePaymentApplied.class),
            of("InvoicePaymentWithdrawn", 1, InvoicePaymentWithdrawn.class),
            of("InvoiceVoided", 1, InvoiceVoided.class),
            of("PaymentReceived", 1, PaymentReceived.class),
            of("PaymentAllocated", 1, PaymentAllocated.class),
            of("PaymentReversed", 1, PaymentReversed.class));

    private static EventType of(String name, int version, Class<? extends FinanceEvent> record) {
        return new EventType(new EventVersion(name, version), record);
    }
}
