package dev.vextrus.demoreleases;

import dev.vextrus.finance.command.Decider;
import dev.vextrus.finance.command.Decision;
import dev.vextrus.finance.command.Decision.Accepted;
import dev.vextrus.finance.command.Decision.Change;
import dev.vextrus.finance.command.Decision.Fact;
import dev.vextrus.finance.command.Given;
import dev.vextrus.finance.command.Known;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.invoice.InvoiceCommand;
import dev.vextrus.finance.journal.EntrySource;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.Posting;
import java.util.ArrayList;
import java.util.List;

/**
 * Posts a tenth of the tax of one invoice in four to its revenue account. The entry still balances and every answer is
 * right; only deciding the same command twice can tell.
 */
record MiscalculatedTax(Decider<InvoiceCommand> sound) implements Decider<InvoiceCommand> {
    private static final int ONE_IN = 4;
    private static final int PART = 10;

    @Override
    public Class<InvoiceCommand> commands() {
        return sound.commands();
    }

    @Override
    public List<Ref<?>> needs(InvoiceCommand command, Known known) {
        return sound.needs(command, known);
    }

    @Override
    public Decision decide(InvoiceCommand command, Known known, Given given) {
        return switch (sound.decide(command, known, given)) {
            case Accepted(List<Change> changes, var guards, var ids) ->
                new Accepted(
                        changes.stream().map(MiscalculatedTax::miscalculated).toList(), guards, ids);
            case Decision.Refused refused -> refused;
        };
    }

    private static Change miscalculated(Change change) {
        return new Change(
                change.stream(),
                change.facts().stream()
                        .map(fact -> fact.event() instanceof JournalEntryPosted entry && chosen(entry)
                                ? new Fact(miscalculated(entry), fact.series())
                                : fact)
                        .toList());
    }

    /** By the invoice, not by chance: the same command goes wrong each time. */
    private static boolean chosen(JournalEntryPosted entry) {
        return entry.source().kind() == EntrySource.Kind.INVOICE
                && Math.floorMod(entry.source().id().hashCode(), ONE_IN) == 0;
    }

    /** An invoice's entry debits what the customer owes, then credits revenue, then tax. */
    private static JournalEntryPosted miscalculated(JournalEntryPosted entry) {
        List<Posting> lines = new ArrayList<>(entry.lines());
        if (lines.size() < 3) {
            return entry;
        }
        int tax = lines.size() - 1;
        long part = lines.get(tax).amount().minorUnits() / PART;
        lines.set(tax, Amounts.plus(lines.get(tax), -part));
        lines.set(tax - 1, Amounts.plus(lines.get(tax - 1), part));
        return Amounts.withLines(entry, lines);
    }
}
