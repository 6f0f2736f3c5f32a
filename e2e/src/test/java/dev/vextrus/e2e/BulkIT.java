package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Books in and out of a folder on which nothing runs. */
class BulkIT {
    private static final String BOOK = """
            "txnidx","date","date2","status","code","description","comment","account","amount","commodity","credit","debit","posting-status","posting-comment"
            "1","2024-01-05","","*","","Opening","","Assets:Bank","1000.00","EUR","","1000.00","",""
            "1","2024-01-05","","*","","Opening","","Equity:Opening","-1000.00","EUR","1000.00","","",""
            "2","2024-02-10","","*","","Groceries","","Expenses:Food","12.34","EUR","","12.34","",""
            "2","2024-02-10","","*","","Groceries","","Assets:Bank","-12.34","EUR","12.34","","",""
            "3","2024-02-11","","*","","Miles","","Assets:Miles","500","POINTS","","500","",""
            "3","2024-02-11","","*","","Miles","","Income:Miles","-500","POINTS","500","","",""
            """;

    @TempDir
    private Path folder;

    private Path data;
    private Path book;

    @BeforeEach
    void write() throws IOException {
        data = Folders.passable(folder).resolve("books");
        book = Files.writeString(folder.resolve("book.csv"), BOOK);
    }

    private FrontDoor.Ended run(String verb, String... more) {
        List<String> words = new ArrayList<>(List.of(verb));
        words.addAll(List.of(more));
        words.addAll(List.of("--data", data.toString()));
        return FrontDoor.from(folder).run(words.toArray(String[]::new));
    }

    @Test
    void an_unknown_commodity_is_refused_by_row_with_the_remedy_and_nothing_is_half_imported() {
        FrontDoor.Ended refused = run("import", book.toString(), "--tenant", "club", "--json");

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
        assertThat(refused.json().path("imported").asLong()).isZero();
        assertThat(refused.json().path("errors").path(0).path("code").asString())
                .isEqualTo("COMMODITY_UNKNOWN");
        assertThat(refused.json().path("errors").path(0).path("row").asLong()).isPositive();
        assertThat(refused.json().path("errors").path(0).path("remedy").asString())
                .contains("POINTS");
    }

    @Test
    @EnabledIf("hledgerIsThere")
    void a_book_goes_in_once_and_comes_out_as_hledger_reads_it() throws Exception {
        String[] words = {book.toString(), "--tenant", "club", "--skip-commodity", "POINTS", "--json"};
        FrontDoor.Ended first = run("import", words);
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.json().path("imported").asLong()).isEqualTo(2);
        assertThat(first.json().path("skipped").asLong()).isEqualTo(1);

        FrontDoor.Ended again = run("import", words);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.json().path("imported").asLong()).isZero();

        FrontDoor.Ended exported = run("export", "--tenant", "club", "--format", "hledger");
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        Path journal = Files.writeString(folder.resolve("j"), exported.out());
        assertThat(balances(journal)).contains("\"Assets:Bank\",\"987.66 EUR\"", "\"Expenses:Food\",\"12.34 EUR\"");

        FrontDoor.Ended verified = run("events", "verify", "--json");
        assertThat(verified.exitCode()).as(verified.err()).isZero();
        assertThat(verified.json().path("ok").asBoolean()).isTrue();
        assertThat(verified.json().path("events").asLong()).isPositive();
        assertThat(verified.json().path("firstBroken").isNull()).isTrue();
    }

    private static List<String> balances(Path journal) throws Exception {
        return FrontDoor.ask(
                        List.of("hledger", "-f", journal.toString(), "balance", "--flat", "--no-total", "-O", "csv"))
                .lines()
                .toList();
    }

    static boolean hledgerIsThere() {
        try {
            return new ProcessBuilder("hledger", "--version").start().waitFor() == 0;
        } catch (IOException | InterruptedException missing) {
            return false;
        }
    }
}
