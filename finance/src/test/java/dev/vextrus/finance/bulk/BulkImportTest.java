package dev.vextrus.finance.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.finance.account.AccountType;
import dev.vextrus.finance.bulk.BulkImport.Importer;
import dev.vextrus.finance.command.CommandBus;
import dev.vextrus.finance.command.Role;
import dev.vextrus.finance.handling.TestBooks;
import dev.vextrus.finance.journal.ImportJournalEntries;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.period.ClosePeriod;
import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.CurrencyCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkImportTest {
    private static final String HEADER =
            "\"txnidx\",\"date\",\"date2\",\"status\",\"code\",\"description\",\"comment\",\"account\",\"amount\","
                    + "\"commodity\",\"credit\",\"debit\",\"posting-status\",\"posting-comment\"\n";

    @TempDir
    private Path folder;

    private final TestBooks books = TestBooks.empty();
    private int run;

    @Test
    void a_book_comes_in_with_its_tenant_accounts_and_periods() throws IOException {
        ImportResult result = run(ImportOptions.NONE, groceries("1", "10.00") + groceries("2", "20.50"));

        assertThat(result)
                .extracting(ImportResult::outcome, ImportResult::imported, ImportResult::skipped, ImportResult::refused)
                .containsExactly("imported", 2L, 0L, 0L);
        assertThat(posted())
                .extracting(entry -> entry.lines().getFirst().amount().toString())
                .containsExactly("10.00 USD", "20.50 USD");
        assertThat(types()).contains("AccountOpened Expenses:Food", "AccountOpened Expenses", "AccountOpened Assets");
    }

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
    void a_malformed_row_is_named_by_the_line_that_an_editor_shows_and_counted() throws IOException {
        String spansLines = groceries("1", "10.00").replace("Groceries", "Gro\ncer\nies");
        ImportResult result =
                run(ImportOptions.NONE, spansLines + "\n\"2\",\"2012-01-06\",\"too short\"\n" + groceries("3", "1.00"));

        assertThat(result.errors())
                .extracting(RowError::row, RowError::code)
                .containsExactly(tuple(9L, "CSV_MALFORMED"));
        assertThat(result.errors().getFirst().message()).contains("3 fields", "the header 14");
        assertThat(result)
                .extracting(
                        ImportResult::outcome, ImportResult::refused, ImportResult::imported, ImportResult::position)
                .containsExactly("refused", 1L, 0L, null);
        assertThat(books.store.head()).isZero();
    }

    @Test
    void every_malformed_row_is_listed_at_once() throws IOException {
        ImportResult result = run(
                ImportOptions.NONE, "\"1\"\n" + groceries("2", "1.00") + "\"3\",\"x\"\n" + "a\0b,".repeat(13) + "\n");

        assertThat(result.errors()).extracting(RowError::row).containsExactly(2L, 5L, 6L);
        assertThat(result.refused()).isEqualTo(3);
    }

    @Test
    void a_stray_quotation_mark_is_named_by_the_row_that_it_is_in() throws IOException {
        String stray = groceries("2", "1.00").replaceFirst("\"2\",", "\"2\"x,");
        assertThat(run(ImportOptions.NONE, groceries("1", "1.00") + stray).errors())
                .extracting(RowError::row, RowError::code)
                .containsExactly(tuple(4L, "CSV_MALFORMED"));

        String unclosed = groceries("2", "1.00").replaceFirst("\"2012-01-05\",", "\"2012-01-05,");
        assertThat(run(ImportOptions.NONE, groceries("1", "1.00") + unclosed).errors())
                .extracting(RowError::row)
                .startsWith(4L);
    }

    @Test
    void bytes_that_are_not_utf_8_are_named_by_their_line_however_far_in_they_are() throws IOException {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 1; i <= 400; i++) {
            rows.append(groceries(Integer.toString(i), "1.00"));
        }
        String text = rows.toString().replaceFirst("\"300\",\"2012-01-05\"", "\"300\",\"\u00e4\"");
        Path latin = Files.writeString(folder.resolve("late.csv"), text, StandardCharsets.ISO_8859_1);

        ImportResult result = run(latin);

        assertThat(result.errors()).extracting(RowError::row).containsExactly(600L);
        assertThat(result.errors().getFirst().remedy()).contains("iconv");
        assertThat(result.refused()).isEqualTo(1);
    }

    @Test
    void lines_of_zero_come_in_as_hledger_prints_them() throws IOException {
        ImportResult result = run(
                ImportOptions.NONE,
                groceries("1", "10.00")
                        + row("1", "2012-01-05", "Expenses:Tax", "0", "USD")
                        + row("2", "2012-01-06", "Assets:Bank", "0", "")
                        + row("2", "2012-01-06", "Assets:Cash", "0", ""));

        assertThat(result)
                .extracting(ImportResult::outcome, ImportResult::imported)
                .containsExactly("imported", 2L);
        assertThat(posted().getFirst().lines()).hasSize(3);
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
    void an_unknown_commodity_is_refused_by_row_with_its_remedy_and_nothing_is_written() throws IOException {
        ImportResult result = run(
                ImportOptions.NONE,
                groceries("1", "10.00")
                        + row("2", "2012-01-05", "Assets:Leave", "8.00", "VACHR")
                        + row("2", "2012-01-05", "Income:Leave", "-8.00", "VACHR"));

        assertThat(result)
                .extracting(ImportResult::outcome, ImportResult::refused)
                .containsExactly("refused", 1L);
        assertThat(result.errors())
                .extracting(RowError::row, RowError::code)
                .containsExactly(tuple(4L, "COMMODITY_UNKNOWN"), tuple(5L, "COMMODITY_UNKNOWN"));
        assertThat(result.errors().getFirst().remedy()).contains("--skip-commodity VACHR", "--map-commodity VACHR=USD");
        assertThat(books.store.head()).isZero();
    }

    @Test
    void a_skipped_commodity_leaves_the_rest_of_a_transaction_or_skips_it() throws IOException {
        ImportOptions skip = new ImportOptions(null, null, Set.of("VACHR"), Map.of(), Map.of());
        ImportResult result = run(
                skip,
                groceries("1", "10.00")
                        + row("1", "2012-01-05", "Assets:Leave", "8.00", "VACHR")
                        + row("2", "2012-01-05", "Assets:Leave", "8.00", "VACHR")
                        + row("2", "2012-01-05", "Income:Leave", "-8.00", "VACHR"));

        assertThat(result)
                .extracting(ImportResult::imported, ImportResult::skipped)
                .containsExactly(1L, 1L);
        assertThat(posted())
                .singleElement()
                .satisfies(entry -> assertThat(entry.lines()).hasSize(2));
    }

    @Test
    void a_mapped_commodity_is_taken_as_the_other() throws IOException {
        ImportOptions map = new ImportOptions(null, CurrencyCode.of("EUR"), Set.of(), Map.of("€", "EUR"), Map.of());
        ImportResult result = run(
                map,
                row("1", "2012-01-05", "Assets:Bank", "1,234.50", "€")
                        + row("1", "2012-01-05", "Income:Work", "-1,234.50", "€"));

        assertThat(result.errors()).isEmpty();
        assertThat(posted().getFirst().lines().getFirst().amount()).hasToString("1234.50 EUR");
    }

    @Test
    void each_mistake_is_named_by_row() throws IOException {
        refused("CSV_MALFORMED", "\"1\",\"unclosed");
        refused("DATE_INVALID", row("1", "2012-13-05", "Assets:A", "0.00", "USD"));
        refused("DATE_INVALID", row("1", "+999999999-01-01", "Assets:A", "0.00", "USD"));
        refused("CSV_MALFORMED", row("1", "2012-01-05", "Assets:\0", "1.00", "USD"));
        refused("AMOUNT_INVALID", row("1", "2012-01-05", "Assets:A", "1.2.3", "USD"));
        refused("TOO_MANY_DECIMALS", row("1", "2012-01-05", "Assets:A", "1.234", "USD"));
        refused("POSTING_VIRTUAL", row("1", "2012-01-05", "(Assets:A)", "1.00", "USD"));
        refused("ACCOUNT_TYPE_UNKNOWN", row("1", "2012-01-05", "Vermoegen:A", "1.00", "USD"));
        refused("ENTRY_UNBALANCED", groceries("1", "1.00") + row("1", "2012-01-05", "Assets:A", "1.00", "USD"));
        refused(
                "BASE_CURRENCY_UNCLEAR",
                row("1", "2012-01-05", "Assets:A", "1.00", "USD") + row("1", "2012-01-05", "Assets:A", "1.00", "EUR"));
        assertThat(books.store.head()).isZero();
    }

    @Test
    void a_file_in_another_encoding_is_refused_and_a_byte_order_mark_is_not() throws IOException {
        String rows = HEADER
                + row("1", "2012-01-05", "Assets:\u00c4", "1.00", "USD")
                + row("1", "2012-01-05", "Assets:Bank", "-1.00", "USD");
        Path latin = Files.writeString(folder.resolve("latin.csv"), rows, StandardCharsets.ISO_8859_1);
        Path marked = Files.writeString(folder.resolve("marked.csv"), "\uFEFF" + rows);

        assertThat(run(latin).errors()).extracting(RowError::code).containsExactly("CSV_MALFORMED");
        assertThat(books.store.head()).isZero();
        assertThat(run(marked).imported()).isEqualTo(1);
        assertThat(types()).contains("AccountOpened Assets:\u00c4");
    }

    @Test
    void a_type_that_a_name_does_not_say_can_be_told() throws IOException {
        ImportOptions told = new ImportOptions(null, null, Set.of(), Map.of(), Map.of("Vermoegen", AccountType.ASSET));
        ImportResult result = run(
                told,
                row("1", "2012-01-05", "Vermoegen:Bank", "1.00", "USD")
                        + row("1", "2012-01-05", "Income:Work", "-1.00", "USD"));
        assertThat(result.outcome()).isEqualTo("imported");
    }

    @Test
    void nothing_goes_into_a_closed_period() throws IOException {
        run(ImportOptions.NONE, groceries("1", "1.00"));
        books.accept(new ClosePeriod(YearMonth.of(2012, 1)));
        ImportResult result = run(ImportOptions.NONE, groceries("1", "1.00") + groceries("2", "2.00"));
        assertThat(result.errors()).extracting(RowError::code).containsOnly("PERIOD_CLOSED");
    }

    @Test
    void whoever_may_not_create_the_tenant_imports_nothing() throws IOException {
        ImportResult result = new BulkImport(books.store, books.codec, books.bus)
                .run(importer(EnumSet.of(Role.VIEWER)), ImportOptions.NONE, file(groceries("1", "1.00")), _ -> {});
        assertThat(result.outcome()).isEqualTo("refused");
        assertThat(result.errors()).extracting(RowError::code).containsExactly("FORBIDDEN");
        assertThat(books.store.head()).isZero();
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

    private void refused(String code, String rows) throws IOException {
        ImportResult result = run(ImportOptions.NONE, rows);
        assertThat(result.outcome()).as(code).isEqualTo("refused");
        assertThat(result.errors()).as(code).extracting(RowError::code).contains(code);
        assertThat(result.errors())
                .allSatisfy(error -> assertThat(error.remedy()).isNotBlank());
    }

    private ImportResult run(ImportOptions options, String rows) throws IOException {
        return run(options, file(rows));
    }

    private ImportResult run(Path file) throws IOException {
        return run(ImportOptions.NONE, file);
    }

    private ImportResult run(ImportOptions options, Path file) throws IOException {
        return new BulkImport(books.store, books.codec, books.bus)
                .run(importer(EnumSet.of(Role.ADMIN)), options, file, _ -> {});
    }

    private Importer importer(Set<Role> roles) {
        return new Importer(TestBooks.ACME, Actor.of("ann"), roles, new UUID(7, ++run));
    }

    private Path file(String rows) throws IOException {
        return Files.writeString(folder.resolve("book.csv"), HEADER + rows);
    }

    private List<JournalEntryPosted> posted() {
        return books.log().stream()
                .map(books::decode)
                .filter(JournalEntryPosted.class::isInstance)
                .map(JournalEntryPosted.class::cast)
                .toList();
    }

    private List<String> types() {
        return books.log().stream()
                .map(event -> event.type() + " " + event.stream().value().replaceFirst("^[^/]*/", ""))
                .toList();
    }

    private static String groceries(String index, String amount) {
        return row(index, "2012-01-05", "Expenses:Food", amount, "USD")
                + row(index, "2012-01-05", "Assets:Bank", "-" + amount, "USD");
    }

    private static String row(String index, String date, String account, String amount, String commodity) {
        return String.join(
                        ",",
                        List.of(
                                        index,
                                        date,
                                        "",
                                        "*",
                                        "",
                                        "Groceries, \"\"fresh\"\"",
                                        "",
                                        account,
                                        amount,
                                        commodity,
                                        "",
                                        "",
                                        "",
                                        "")
                                .stream()
                                .map(field -> '"' + field + '"')
                                .toList())
                + "\n";
    }
}
