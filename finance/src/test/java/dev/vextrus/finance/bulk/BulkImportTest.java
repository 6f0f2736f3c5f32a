package dev.vextrus.finance.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.finance.account.AccountType;
import dev.vextrus.kernel.CurrencyCode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a file says, and what it becomes. */
class BulkImportTest extends OnImportedBooks {
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
    void a_type_that_a_name_does_not_say_can_be_told() throws IOException {
        ImportOptions told = new ImportOptions(null, null, Set.of(), Map.of(), Map.of("Vermoegen", AccountType.ASSET));
        ImportResult result = run(
                told,
                row("1", "2012-01-05", "Vermoegen:Bank", "1.00", "USD")
                        + row("1", "2012-01-05", "Income:Work", "-1.00", "USD"));
        assertThat(result.outcome()).isEqualTo("imported");
    }
}
