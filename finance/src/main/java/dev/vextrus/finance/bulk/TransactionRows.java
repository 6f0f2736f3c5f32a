package dev.vextrus.finance.bulk;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.journal.EntryRules;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers rows into transactions. Of one that goes past what an entry can be, rows are counted and no more kept: a file may
 * be larger than memory, and so may a transaction in it.
 */
final class TransactionRows {
    /** More than the texts of {@value EntryRules#MAX_LINES} lines come to where each is as long as it may be. */
    static final long MAX_CHARACTERS = 4 << 20;

    private final RowErrors errors;
    private final Consumer<Transaction> consumer;
    private final List<Transaction.Line> lines = new ArrayList<>();
    private @Nullable NamedCsvRecord first;
    private long postings;
    private long characters;

    TransactionRows(RowErrors errors, Consumer<Transaction> consumer) {
        this.errors = errors;
        this.consumer = consumer;
    }

    void add(NamedCsvRecord row) {
        if (first == null || !first.getField("txnidx").equals(row.getField("txnidx"))) {
            end();
            first = row;
        }
        Transaction.Line line = new Transaction.Line(
                row.getStartingLineNumber(),
                row.getField("account"),
                row.getField("amount"),
                row.getField("commodity"),
                field(row, "posting-status"),
                field(row, "posting-comment"));
        postings++;
        characters += line.characters();
        if (postings > EntryRules.MAX_LINES || characters > MAX_CHARACTERS) {
            lines.clear();
        } else {
            lines.add(line);
        }
    }

    /** Hands the last transaction on. */
    void end() {
        if (first != null) {
            hand(first);
        }
        first = null;
        postings = 0;
        characters = 0;
        lines.clear();
    }

    private void hand(NamedCsvRecord row) {
        if (postings > EntryRules.MAX_LINES) {
            errors.add(
                    row.getStartingLineNumber(),
                    Rule.ENTRY_TOO_MANY_LINES.name(),
                    "the transaction has " + postings + " postings",
                    "split it into transactions of at most " + EntryRules.MAX_LINES);
        } else if (characters > MAX_CHARACTERS) {
            errors.add(
                    row.getStartingLineNumber(),
                    Rule.TEXT_INVALID.name(),
                    "the transaction's postings have " + characters + " characters",
                    "shorten their comments, or split it: at most " + MAX_CHARACTERS + " characters together");
        } else {
            consumer.accept(new Transaction(
                    row.getStartingLineNumber(),
                    row.getField("txnidx"),
                    row.getField("date"),
                    field(row, "date2"),
                    field(row, "status"),
                    field(row, "code"),
                    row.getField("description"),
                    field(row, "comment"),
                    lines));
        }
    }

    private static String field(NamedCsvRecord row, String name) {
        return row.findField(name).orElse("");
    }
}
