package dev.vextrus.finance.handling;

import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.Posting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Entries that say something else than what was decided, as faulty releases write or read them. */
public final class AlteredEntries {
    private AlteredEntries() {}

    public static JournalEntryPosted firstLine(JournalEntryPosted posted, UnaryOperator<Posting> change) {
        List<Posting> lines = new ArrayList<>(posted.lines());
        lines.set(0, change.apply(lines.getFirst()));
        return withLines(posted, lines);
    }

    public static JournalEntryPosted eachLine(JournalEntryPosted posted, UnaryOperator<Posting> change) {
        return withLines(posted, posted.lines().stream().map(change).toList());
    }

    private static JournalEntryPosted withLines(JournalEntryPosted posted, List<Posting> lines) {
        return new JournalEntryPosted(
                posted.entry(),
                posted.date(),
                posted.reference(),
                posted.memo(),
                posted.source(),
                lines,
                posted.metadata());
    }
}
