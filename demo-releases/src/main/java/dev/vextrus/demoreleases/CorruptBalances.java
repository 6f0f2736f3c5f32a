package dev.vextrus.demoreleases;

import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.projection.ProjectedEvent;
import dev.vextrus.finance.projection.Projection;
import dev.vextrus.finance.projection.ReadModelWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Books one entry in five with a line that is wrong by a minor unit. Only entries that this release posted itself: a
 * fault that shows in what it meets in production, not in the books it was tested on.
 *
 * @param release the version whose entries go wrong
 */
record CorruptBalances(Projection sound, String release) implements Projection {
    static final String PROJECTION = "account-balance";

    private static final int ONE_IN = 5;

    @Override
    public String name() {
        return sound.name();
    }

    @Override
    public void apply(List<ProjectedEvent> events, ReadModelWriter writer) throws SQLException {
        sound.apply(events.stream().map(this::corrupted).toList(), writer);
    }

    private ProjectedEvent corrupted(ProjectedEvent event) {
        if (event.recorded().release().equals(release)
                && event.event() instanceof JournalEntryPosted entry
                && Math.floorMod(entry.entry().hashCode(), ONE_IN) == 0) {
            return new ProjectedEvent(event.recorded(), corrupted(entry));
        }
        return event;
    }

    private static JournalEntryPosted corrupted(JournalEntryPosted entry) {
        List<Posting> lines = new ArrayList<>(entry.lines());
        Posting first = lines.getFirst();
        lines.set(0, Amounts.plus(first, 1));
        return Amounts.withLines(entry, lines);
    }
}
