package dev.vextrus.finance.bulk;

import dev.vextrus.finance.bulk.BulkImport.Importer;
import dev.vextrus.finance.command.Role;
import dev.vextrus.finance.handling.TestBooks;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.kernel.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/** Books of their own for each test, and files of hledger's CSV to import into them. */
abstract class OnImportedBooks {
    static final String HEADER =
            "\"txnidx\",\"date\",\"date2\",\"status\",\"code\",\"description\",\"comment\",\"account\",\"amount\","
                    + "\"commodity\",\"credit\",\"debit\",\"posting-status\",\"posting-comment\"\n";

    @TempDir
    Path folder;

    final TestBooks books = TestBooks.empty();
    private int run;

    ImportResult run(ImportOptions options, String rows) throws IOException {
        return run(options, file(rows));
    }

    ImportResult run(Path file) throws IOException {
        return run(ImportOptions.NONE, file);
    }

    ImportResult run(ImportOptions options, Path file) throws IOException {
        return new BulkImport(books.store, books.codec, books.bus)
                .run(importer(EnumSet.of(Role.ADMIN)), options, file, _ -> {});
    }

    Importer importer(Set<Role> roles) {
        return new Importer(TestBooks.ACME, Actor.of("ann"), roles, new UUID(7, ++run));
    }

    Path file(String rows) throws IOException {
        return Files.writeString(folder.resolve("book.csv"), HEADER + rows);
    }

    List<JournalEntryPosted> posted() {
        return books.log().stream()
                .map(books::decode)
                .filter(JournalEntryPosted.class::isInstance)
                .map(JournalEntryPosted.class::cast)
                .toList();
    }

    List<String> types() {
        return books.log().stream()
                .map(event -> event.type() + " " + event.stream().value().replaceFirst("^[^/]*/", ""))
                .toList();
    }

    static String groceries(String index, String amount) {
        return row(index, "2012-01-05", "Expenses:Food", amount, "USD")
                + row(index, "2012-01-05", "Assets:Bank", "-" + amount, "USD");
    }

    static String row(String index, String date, String account, String amount, String commodity) {
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
