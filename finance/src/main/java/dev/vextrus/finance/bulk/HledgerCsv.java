package dev.vextrus.finance.bulk;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads what {@code hledger print -O csv} writes: one row a posting, those of a transaction together and under the same
 * {@code txnidx}. Streams: one transaction is in memory at a time.
 */
final class HledgerCsv {
    private static final List<String> COLUMNS =
            List.of("txnidx", "date", "description", "account", "amount", "commodity");
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int MAX_RECORD_CHARACTERS = 1 << 20;

    private HledgerCsv() {}

    /**
     * Hands on each transaction in turn.
     *
     * @return whether the file could be read to its end; if not, an error says why
     */
    static boolean read(Path file, RowErrors errors, Consumer<Transaction> consumer) throws IOException {
        long row = 0;
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().maxBufferSize(MAX_RECORD_CHARACTERS).ofNamedCsvRecord(text(file))) {
            List<NamedCsvRecord> rows = new ArrayList<>();
            for (NamedCsvRecord next : reader) {
                if (row == 0 && isColumnMissing(next, errors)) {
                    return false;
                }
                if (next.getFieldCount() != next.getHeader().size()) {
                    malformed(
                            row,
                            "it has " + next.getFieldCount() + " fields, the header "
                                    + next.getHeader().size(),
                            errors);
                    return false;
                }
                if (next.getFields().stream().anyMatch(field -> field.indexOf('\0') >= 0)) {
                    malformed(row, "a field holds the character U+0000, which cannot be kept", errors);
                    return false;
                }
                row = next.getStartingLineNumber();
                if (!rows.isEmpty() && !rows.getFirst().getField("txnidx").equals(next.getField("txnidx"))) {
                    consumer.accept(transaction(rows));
                    rows.clear();
                }
                rows.add(next);
            }
            if (!rows.isEmpty()) {
                consumer.accept(transaction(rows));
            }
            if (row == 0) {
                errors.add(0, "CSV_MALFORMED", "the file has no rows", "write it with: hledger print -O csv");
            }
            return row > 0;
        } catch (CsvParseException | UncheckedIOException | CharacterCodingException malformed) {
            malformed(row, String.valueOf(malformed.getMessage()), errors);
            return false;
        }
    }

    /** Strictly: a file in another encoding must not come in as a book full of replacement characters. */
    private static Reader text(Path file) throws IOException {
        BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }

    private static void malformed(long lastSound, String why, RowErrors errors) {
        errors.add(
                lastSound + 1,
                "CSV_MALFORMED",
                "the file cannot be read on after line " + lastSound + ": " + why,
                "write it with: hledger print -O csv, in UTF-8");
    }

    private static boolean isColumnMissing(NamedCsvRecord record, RowErrors errors) {
        List<String> missing = new ArrayList<>(COLUMNS);
        missing.removeAll(record.getHeader());
        if (!missing.isEmpty()) {
            errors.add(
                    1,
                    "COLUMN_MISSING",
                    "the header has no " + String.join(", ", missing),
                    "write the file with: hledger print -O csv");
        }
        return !missing.isEmpty();
    }

    private static Transaction transaction(List<NamedCsvRecord> rows) {
        NamedCsvRecord first = rows.getFirst();
        List<Transaction.Line> lines = rows.stream()
                .map(row -> new Transaction.Line(
                        row.getStartingLineNumber(),
                        row.getField("account"),
                        row.getField("amount"),
                        row.getField("commodity"),
                        field(row, "posting-status"),
                        field(row, "posting-comment")))
                .toList();
        return new Transaction(
                first.getStartingLineNumber(),
                first.getField("txnidx"),
                first.getField("date"),
                field(first, "date2"),
                field(first, "status"),
                field(first, "code"),
                first.getField("description"),
                field(first, "comment"),
                lines);
    }

    private static String field(NamedCsvRecord row, String name) {
        return row.findField(name).orElse("");
    }
}
