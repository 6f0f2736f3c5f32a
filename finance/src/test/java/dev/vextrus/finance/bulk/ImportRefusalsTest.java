package dev.vextrus.finance.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vextrus.finance.command.Role;
import dev.vextrus.finance.period.ClosePeriod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** What is refused by row, with nothing written. */
class ImportRefusalsTest extends OnImportedBooks {
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

    private void refused(String code, String rows) throws IOException {
        ImportResult result = run(ImportOptions.NONE, rows);
        assertThat(result.outcome()).as(code).isEqualTo("refused");
        assertThat(result.errors()).as(code).extracting(RowError::code).contains(code);
        assertThat(result.errors())
                .allSatisfy(error -> assertThat(error.remedy()).isNotBlank());
    }
}
