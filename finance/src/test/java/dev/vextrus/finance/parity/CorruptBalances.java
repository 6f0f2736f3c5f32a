package dev.vextrus.finance.parity;

import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.handling.AlteredEntries;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.projection.ProjectedEvent;
import dev.vextrus.finance.projection.Projection;
import dev.vextrus.finance.projection.ReadModelWriter;
import dev.vextrus.kernel.Money;
import java.sql.SQLException;
import java.util.List;

/** Hands its delegate a wrong amount for every so many entries, as a faulty release would. */
public final class CorruptBalances implements Projection {
    private final Projection delegate;
    private final long every;

    public CorruptBalances(Projection delegate, long every) {
        this.delegate = delegate;
        this.every = every;
    }

    /** The projections, the balances' one corrupted. */
    public static List<Projection> among(List<Projection> projections, long every) {
        return projections.stream()
                .map(projection -> projection.name().equals("account-balance")
                        ? new CorruptBalances(projection, every)
                        : projection)
                .toList();
    }

    @Override
    public String name() {
        return delegate.name();
    }

    @Override
    public void apply(List<ProjectedEvent> events, ReadModelWriter writer) throws SQLException {
        delegate.apply(
                events.stream()
                        .map(event -> new ProjectedEvent(event.recorded(), corrupt(event)))
                        .toList(),
                writer);
    }

    private FinanceEvent corrupt(ProjectedEvent event) {
        if (!(event.event() instanceof JournalEntryPosted posted) || event.position() % every != 0) {
            return event.event();
        }
        return AlteredEntries.firstLine(posted, line -> {
            Money wrong = Money.ofMinor(line.amount().currency(), line.amount().minorUnits() + 1);
            return new Posting(line.account(), wrong, line.baseAmount(), line.dimensions());
        });
    }
}
