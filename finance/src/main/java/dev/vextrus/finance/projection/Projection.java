package dev.vextrus.finance.projection;

import java.sql.SQLException;
import java.util.List;

/** Turns events into rows of tables that are this projection's alone. Keeps no state between calls. */
public interface Projection {

    /** Names it in messages, such as {@code account-balance}. */
    String name();

    /**
     * Applies events in the order of the log. All projections and the checkpoint share one transaction, so each event is
     * applied once; a batch may hold events of many tenants and kinds.
     *
     * @throws SQLException as the database gave it; the runner tries again, or finds the event that it is about
     */
    void apply(List<ProjectedEvent> events, ReadModelWriter writer) throws SQLException;
}
