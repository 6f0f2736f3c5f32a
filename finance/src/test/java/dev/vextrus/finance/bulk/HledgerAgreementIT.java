package dev.vextrus.finance.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.vextrus.finance.bulk.BulkImport.Importer;
import dev.vextrus.finance.bulk.export.BookExport;
import dev.vextrus.finance.bulk.export.ExportFormat;
import dev.vextrus.finance.command.Role;
import dev.vextrus.finance.handling.TestBooks;
import dev.vextrus.finance.projection.ReadModelFixture;
import dev.vextrus.finance.projection.ReadModelName;
import dev.vextrus.finance.query.TenantReader;
import dev.vextrus.finance.report.TrialBalance;
import dev.vextrus.finance.report.TrialBalanceQuery;
import dev.vextrus.kernel.Actor;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Books from another tool, in and out, with that tool as the judge (SPEC X9). Skipped where tool or data are not there. */
class HledgerAgreementIT {
    private static final ImportOptions OPTIONS =
            new ImportOptions(null, null, Set.of("VACHR", "IRAUSD"), Map.of(), Map.of());

    @TempDir
    private Path folder;

    @Test
    void a_household_of_three_years_has_the_same_balances_after_import_and_export() throws Exception {
        Path ledger = ledger("household-2012-2014.csv");
        Path balances = ledger("household-2012-2014.balances.csv");
        TestBooks books = TestBooks.empty();

        ImportResult result = run(books, ledger);
        assertThat(result.errors()).isEmpty();
        assertThat(result.imported() + result.skipped()).isEqualTo(1035);

        Path journal = export(books, ExportFormat.HLEDGER, "out.journal");
        List<String> ours = hledger(journal, "balance", "--flat", "-N", "-O", "csv");
        assertThat(ours).containsAll(Files.readAllLines(balances));
        // The published balances leave out six accounts that hold shares; the file has these at cost, in USD.
        assertThat(ours).containsExactlyInAnyOrderElementsOf(sums(ledger));
        assertThat(hledger(journal, "check", "accounts", "commodities", "--strict"))
                .isEmpty();

        ImportResult again = run(books, ledger);
        assertThat(again.imported()).isZero();
        assertThat(again.known()).isEqualTo(result.imported());
    }

    @Test
    void what_was_exported_as_csv_comes_in_again_with_the_same_balances() throws Exception {
        TestBooks books = TestBooks.empty();
        run(books, ledger("household-2012-2014.csv"));
        Path csv = export(books, ExportFormat.CSV, "out.csv");

        TestBooks copy = TestBooks.empty();
        assertThat(run(copy, csv).errors()).isEmpty();
        assertThat(new TreeSet<>(
                        hledger(export(copy, ExportFormat.HLEDGER, "copy.journal"), "balance", "--flat", "-N")))
                .isEqualTo(new TreeSet<>(
                        hledger(export(books, ExportFormat.HLEDGER, "first.journal"), "balance", "--flat", "-N")));
    }

    /** X9: two programs that know nothing of ours, from the same entries. */
    @Test
    void hledger_and_ledger_agree_with_the_trial_balance_now_and_as_of_a_date() throws Exception {
        TestBooks books = TestBooks.empty();
        run(books, ledger("household-2012-2014.csv"));
        Path journal = export(books, ExportFormat.HLEDGER, "out.journal");
        ReadModelName name = ReadModelFixture.newReadModel();
        ReadModelFixture.build(books.store, name, ReadModelFixture.PROJECTIONS);
        TrialBalanceQuery query = new TrialBalanceQuery(
                new TenantReader(ReadModelFixture.as(dev.vextrus.embeddedpostgres.Role.READER), name));

        Set<String> now = balances(query.now(TestBooks.ACME));
        Set<String> then = balances(query.asOf(TestBooks.ACME, LocalDate.of(2013, 6, 30)));

        assertThat(now).hasSizeGreaterThan(40).isNotEqualTo(then);
        assertThat(now).isEqualTo(lines(hledger(journal, "balance", "--flat", "-N", "-O", "csv")));
        assertThat(then).isEqualTo(lines(hledger(journal, "balance", "--flat", "-N", "-O", "csv", "-e", "2013-07-01")));
        String form = "\"%(account)\",\"%(display_total)\"\n";
        assertThat(now).isEqualTo(lines(said("ledger", journal, "balance", "--flat", "--no-total", "--format", form)));
        assertThat(then)
                .isEqualTo(lines(said(
                        "ledger", journal, "balance", "--flat", "--no-total", "--format", form, "-e", "2013/07/01")));
    }

    /** In the form of hledger's balance report. */
    private static Set<String> balances(TrialBalance report) {
        Set<String> balances = new TreeSet<>();
        for (TrialBalance.Row row : report.rows()) {
            if (row.balance().minorUnits().signum() != 0) {
                balances.add("\"" + row.account().value() + "\",\""
                        + new BigDecimal(row.balance().minorUnits(), 2).toPlainString() + " USD\"");
            }
        }
        return balances;
    }

    private static Set<String> lines(List<String> report) {
        Set<String> lines = new TreeSet<>(report);
        lines.remove("\"account\",\"balance\"");
        return lines;
    }

    /** The file's own postings in USD added up, in the form of hledger's balance report. */
    private static List<String> sums(Path ledger) throws IOException {
        Map<String, BigDecimal> sums = new TreeMap<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(ledger)) {
            for (NamedCsvRecord row : rows) {
                if (row.getField("commodity").equals("USD")) {
                    sums.merge(row.getField("account"), new BigDecimal(row.getField("amount")), BigDecimal::add);
                }
            }
        }
        List<String> report = new ArrayList<>(List.of("\"account\",\"balance\""));
        sums.forEach((account, sum) -> {
            if (sum.signum() != 0) {
                report.add("\"" + account + "\",\"" + sum.toPlainString() + " USD\"");
            }
        });
        return report;
    }

    private static ImportResult run(TestBooks books, Path file) throws IOException {
        return new BulkImport(books.store, books.codec, books.bus)
                .run(
                        new Importer(
                                TestBooks.ACME,
                                Actor.of("ann"),
                                EnumSet.of(Role.ADMIN),
                                new UUID(9, books.store.head())),
                        OPTIONS,
                        file,
                        _ -> {});
    }

    private Path export(TestBooks books, ExportFormat format, String name) throws IOException {
        Path file = folder.resolve(name);
        try (Writer out = Files.newBufferedWriter(file)) {
            new BookExport(books.store, books.codec).write(TestBooks.ACME, format, out);
        }
        return file;
    }

    /** The data lie in {@code shared/data/ledgers} beside the project or above it. */
    private static Path ledger(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("shared/data/ledgers").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        assumeTrue(false, "shared/data/ledgers/" + name + " is not there: the comparison with hledger is skipped");
        throw new AssertionError();
    }

    private List<String> hledger(Path journal, String... arguments) throws Exception {
        return said("hledger", journal, arguments);
    }

    private List<String> said(String program, Path journal, String... arguments) throws Exception {
        Path output = folder.resolve("hledger.out");
        Process process;
        try {
            List<String> command = new ArrayList<>(List.of(program, "-f", journal.toString()));
            command.addAll(List.of(arguments));
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException notThere) {
            assumeTrue(false, program + " is not installed: the comparison with it is skipped");
            throw notThere;
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readAllLines(output);
    }
}
