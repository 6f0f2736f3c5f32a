package dev.vextrus.finance.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vextrus.finance.journal.EntryRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HledgerCsvTest {
    private static final String HEADER = "txnidx,date,description,account,amount,commodity,posting-comment\n";

    @TempDir
    private Path folder;

    private final RowErrors errors = new RowErrors();
    private final List<Transaction> handed = new ArrayList<>();

    @Test
    void as_many_postings_as_an_entry_may_have_are_handed_on() throws IOException {
        assertThat(read(row(1, "").repeat(EntryRules.MAX_LINES))).isTrue();

        assertThat(handed)
                .singleElement()
                .satisfies(transaction -> assertThat(transaction.lines()).hasSize(EntryRules.MAX_LINES));
    }

    @Test
    void transactions_that_no_entry_can_hold_are_counted_and_not_kept_and_hide_no_other() throws IOException {
        boolean whole = read(row(1, "").repeat(2)
                + row(2, "").repeat(EntryRules.MAX_LINES + 7)
                + row(3, "").repeat(2)
                + row(4, "").repeat(EntryRules.MAX_LINES + 1));

        assertThat(whole).isFalse();
        assertThat(handed).extracting(Transaction::index).containsExactly("1", "3");
        assertThat(handed)
                .allSatisfy(transaction -> assertThat(transaction.lines()).hasSize(2));
        assertThat(errors.listed())
                .extracting(RowError::row, RowError::code, RowError::message)
                .containsExactly(
                        tuple(4L, "ENTRY_TOO_MANY_LINES", "the transaction has 1007 postings"),
                        tuple(1013L, "ENTRY_TOO_MANY_LINES", "the transaction has 1001 postings"));
    }

    @Test
    void postings_whose_texts_are_longer_than_those_of_any_entry_are_not_kept_either() throws IOException {
        String comment = "x".repeat(10_000);
        int few = (int) (TransactionRows.MAX_CHARACTERS / comment.length()) + 1;

        assertThat(read(row(1, comment).repeat(few) + row(2, comment))).isFalse();

        assertThat(few).isLessThan(EntryRules.MAX_LINES);
        assertThat(errors.listed())
                .extracting(RowError::row, RowError::code)
                .containsExactly(tuple(2L, "TEXT_INVALID"));
        assertThat(handed).extracting(Transaction::index).containsExactly("2");
    }

    private boolean read(String rows) throws IOException {
        return HledgerCsv.read(Files.writeString(folder.resolve("book.csv"), HEADER + rows), errors, handed::add);
    }

    private static String row(int index, String comment) {
        return index + ",2012-01-05,Groceries,Assets:Bank,1.00,USD," + comment + "\n";
    }
}
