package dev.vextrus.finance.bulk;

import dev.vextrus.finance.command.CommandBus;
import dev.vextrus.finance.command.Outcome;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.journal.ImportJournalEntries;
import dev.vextrus.finance.journal.PostJournalEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Posts what is not there yet, chunk by chunk, in the order of the file. */
final class Appending {
    private final CommandBus bus;
    private final BulkImport.Importer importer;
    private final Survey survey;
    private final KnownBooks known;
    private final RowErrors errors;
    private final Consumer<ImportProgress> progress;
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final List<PostJournalEntry> chunk = new ArrayList<>();
    private long done;
    private long imported;
    private long skipped;
    private long there;
    private long edited;
    private long position;
    private int chunks;
    private boolean failed;

    Appending(
            CommandBus bus,
            BulkImport.Importer importer,
            Survey survey,
            KnownBooks known,
            RowErrors errors,
            Consumer<ImportProgress> progress) {
        this.bus = bus;
        this.importer = importer;
        this.survey = survey;
        this.known = known;
        this.errors = errors;
        this.progress = progress;
        this.position = known.position();
    }

    void take(Transaction transaction, Interpreter.Meaning meaning) {
        if (failed) {
            return;
        }
        done++;
        switch (meaning) {
            case Interpreter.Meaning.Entry entry -> take(transaction, entry);
            case Interpreter.Meaning.Skipped gone -> skipped++;
            case Interpreter.Meaning.Wrong wrong ->
                throw new IllegalStateException("import: line " + transaction.row() + " was sound when it was checked");
        }
    }

    private void take(Transaction transaction, Interpreter.Meaning.Entry meaning) {
        int ordinal = ordinals.merge(meaning.contentHash(), 1, Integer::sum);
        if (ordinal <= known.count(meaning.contentHash())) {
            there++;
        } else if (isEdited(transaction)) {
            edited++;
            errors.add(
                    transaction.row(),
                    "EDITED",
                    "transaction " + transaction.index() + " of " + transaction.date()
                            + " was imported before with another content",
                    "reverse the entry and post the correction, or undo the edit");
        } else {
            chunk.add(Interpreter.identified(meaning, ordinal));
            if (chunk.size() == ImportJournalEntries.MAX_ENTRIES) {
                append();
            }
        }
    }

    /** What stood at its place before is in the file no more, so it is not a transaction that others moved along. */
    private boolean isEdited(Transaction transaction) {
        return known.hashAt(transaction.index(), transaction.date())
                .filter(before -> !survey.holds(before))
                .isPresent();
    }

    ImportResult finish() {
        if (!chunk.isEmpty() && !failed) {
            append();
        }
        return new ImportResult(
                failed ? "failed" : "imported",
                imported,
                skipped,
                there,
                edited,
                errors.listed(),
                errors.more(),
                position == 0 ? null : position);
    }

    private void append() {
        ImportJournalEntries command = new ImportJournalEntries(importer.run().toString(), List.copyOf(chunk));
        switch (bus.execute(importer.context("chunk:" + chunks++), command)) {
            case Outcome.Accepted accepted -> {
                imported += chunk.size();
                position = accepted.position();
                progress.accept(new ImportProgress("appending", done, survey.transactions()));
            }
            case Outcome.Refused(Refusal refusal, boolean repeated) -> refused(refusal);
            case Outcome.Conflict(String stream) ->
                fail("CONFLICT", "too much contention on " + stream, "run the import again");
            case Outcome.KeyReused(String key) ->
                fail("CONFLICT", "the key " + key + " was used before", "run the import again");
        }
        chunk.clear();
    }

    /** Ids follow from content: an entry that was not there when the books were read is another import's. */
    private void refused(Refusal refusal) {
        if (refusal.rule() == Rule.ENTRY_EXISTS) {
            fail(
                    "IMPORTED_MEANWHILE",
                    "another import has posted transactions of this file since this one began",
                    "wait for the other one's end, then run the import again: what it has posted is known again,"
                            + " and only what is missing is added");
        } else {
            fail(refusal.code(), refusal.message(), refusal.remedy());
        }
    }

    private void fail(String code, String message, String remedy) {
        failed = true;
        errors.add(0, code, message, remedy);
    }
}
