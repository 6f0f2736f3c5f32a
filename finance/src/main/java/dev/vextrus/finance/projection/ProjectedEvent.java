package dev.vextrus.finance.projection;

import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.kernel.TenantId;

/**
 * A stored event and what it says.
 *
 * @param event the decoded event, in its newest form
 */
public record ProjectedEvent(RecordedEvent recorded, FinanceEvent event) {

    public TenantId tenant() {
        return recorded.tenant();
    }

    public long position() {
        return recorded.position();
    }
}
