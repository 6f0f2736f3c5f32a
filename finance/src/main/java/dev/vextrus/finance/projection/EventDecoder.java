package dev.vextrus.finance.projection;

import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.finance.command.FinanceEvent;

/** Reads stored events. */
public interface EventDecoder {

    /** @throws RuntimeException if this release cannot read the event; the message says why */
    FinanceEvent decode(RecordedEvent event);
}
