package dev.vextrus.demoreleases;

import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.kernel.Money;
import java.util.List;

/** Entries and lines like others, but for an amount. */
final class Amounts {
    private Amounts() {}

    static Posting plus(Posting line, long minorUnits) {
        return new Posting(
                line.account(),
                plus(line.amount(), minorUnits),
                plus(line.baseAmount(), minorUnits),
                line.dimensions());
    }

    private static Money plus(Money money, long minorUnits) {
        return money.plus(Money.ofMinor(money.currency(), minorUnits));
    }

    static JournalEntryPosted withLines(JournalEntryPosted entry, List<Posting> lines) {
        return new JournalEntryPosted(
                entry.entry(), entry.date(), entry.reference(), entry.memo(), entry.source(), lines, entry.metadata());
    }
}
