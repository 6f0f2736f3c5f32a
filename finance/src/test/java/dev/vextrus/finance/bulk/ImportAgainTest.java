package dev.vextrus.finance.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.finance.command.CommandBus;
import dev.vextrus.finance.command.Role;
import dev.vextrus.finance.journal.ImportJournalEntries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A file that comes in a second time: whole, changed, cut off, or at the same time. */
class ImportAgainTest extends OnImportedBooks {
    @Test
    void a_second_run_imports_nothing_twice() throws IOException {
        String rows = groceries("1", "10.00") + groceries("2", "20.50");
        run(ImportOptions.NONE, rows);
        long head = books.store.head();

        ImportResult again = run(ImportOptions.NONE, rows);

        assertThat(again)
                .extracting(ImportResult::imported, ImportResult::known)
                .containsExactly(0L, 2L);
        assertThat(books.store.head()).isEqualTo(head);
        assertThat(again.position()).isEqualTo(head);
    }

    @Test
    void equal_transactions_are_as_many_as_the_file_has() throws IOException {
        run(ImportOptions.NONE, groceries("1", "3.00") + groceries("2", "3.00"));
        ImportResult third =
                run(ImportOptions.NONE, groceries("1", "3.00") + groceries("2", "3.00") + groceries("3", "3.00"));

        assertThat(third)
                .extracting(ImportResult::imported, ImportResult::known)
                .containsExactly(1L, 2L);
        assertThat(posted()).hasSize(3);
    }

    @Test
    void a_transaction_put_in_between_is_added_though_it_shifts_the_others() throws IOException {
        run(ImportOptions.NONE, groceries("1", "1.00") + groceries("2", "2.00"));
        ImportResult result =
                run(ImportOptions.NONE, groceries("1", "1.00") + groceries("2", "1.50") + groceries("3", "2.00"));

        assertThat(result)
                .extracting(ImportResult::imported, ImportResult::known)
                .containsExactly(1L, 2L);
        assertThat(result.errors()).isEmpty();
    }

    @Test
    void an_edited_transaction_is_reported_and_not_added() throws IOException {
        run(ImportOptions.NONE, groceries("1", "1.00") + groceries("2", "2.00"));
        ImportResult result =
                run(ImportOptions.NONE, groceries("1", "1.00") + groceries("2", "2.99") + groceries("3", "3.00"));

        assertThat(result)
                .extracting(ImportResult::outcome, ImportResult::imported, ImportResult::known, ImportResult::refused)
                .containsExactly("imported", 1L, 1L, 1L);
        assertThat(result.errors()).extracting(RowError::row, RowError::code).containsExactly(tuple(4L, "EDITED"));
    }

    @Test
    void an_import_that_was_cut_off_goes_on_where_it_stopped() throws IOException {
        String rows = IntStream.rangeClosed(1, ImportJournalEntries.MAX_ENTRIES + 500)
                .mapToObj(i -> groceries(Integer.toString(i), i + ".00"))
                .collect(Collectors.joining());
        int[] chunks = new int[1];
        CommandBus dying = (context, command) -> {
            if (command instanceof ImportJournalEntries && ++chunks[0] == 2) {
                throw new StoreUnavailable("gone", new IOException("cut off"));
            }
            return books.bus.execute(context, command);
        };
        ImportResult first = new BulkImport(books.store, books.codec, dying)
                .run(importer(EnumSet.of(Role.ADMIN)), ImportOptions.NONE, file(rows), _ -> {});
        assertThat(first.outcome()).isEqualTo("failed");
        assertThat(posted()).hasSize(ImportJournalEntries.MAX_ENTRIES);

        List<ImportProgress> progress = new ArrayList<>();
        ImportResult second = new BulkImport(books.store, books.codec, books.bus)
                .run(importer(EnumSet.of(Role.ADMIN)), ImportOptions.NONE, file(rows), progress::add);
        assertThat(second)
                .extracting(ImportResult::outcome, ImportResult::imported, ImportResult::known)
                .containsExactly("imported", 500L, (long) ImportJournalEntries.MAX_ENTRIES);
        assertThat(posted()).hasSize(ImportJournalEntries.MAX_ENTRIES + 500);
        assertThat(progress.getLast()).isEqualTo(new ImportProgress("appending", 2500, 2500));
    }

    @Test
    void the_slower_of_two_imports_of_one_file_is_told_to_run_again_and_then_knows_all() throws IOException {
        String rows = groceries("1", "10.00") + groceries("2", "20.50");
        Path file = file(rows);
        CommandBus slow = (context, command) -> {
            if (command instanceof ImportJournalEntries) {
                assertThat(importWhole(file).imported()).isEqualTo(2);
            }
            return books.bus.execute(context, command);
        };

        ImportResult loser = new BulkImport(books.store, books.codec, slow)
                .run(importer(EnumSet.of(Role.ADMIN)), ImportOptions.NONE, file, _ -> {});

        assertThat(loser)
                .extracting(ImportResult::outcome, ImportResult::imported)
                .containsExactly("failed", 0L);
        assertThat(loser.errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("IMPORTED_MEANWHILE");
            assertThat(error.remedy()).contains("run the import again");
        });
        assertThat(run(file))
                .extracting(ImportResult::outcome, ImportResult::imported, ImportResult::known)
                .containsExactly("imported", 0L, 2L);
        assertThat(posted()).hasSize(2);
    }

    private ImportResult importWhole(Path file) {
        try {
            return run(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
