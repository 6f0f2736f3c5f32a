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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code hledger print -O csv} writes: one row a posting, those of a transaction together and under the same
 * {@code txnidx}. Streams: one transaction is in memory at a time, and no more of it than an entry may have.
 */
final class HledgerCsv {
    private static final List<String> COLUMNS =
            List.of("txnidx", "date", "description", "account", "amount", "commodity");
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int MAX_RECORD_CHARACTERS = 1 << 20;
    private static final String MALFORMED = "CSV_MALFORMED";
    /** How the reader says where the row that it cannot read begins. */
    private static final Pattern LINE = Pattern.compile("started in line (\\d+)");

    private HledgerCsv() {}

    /**
     * Hands on each transaction in turn. Rows that are malformed and transactions that are too long are listed and left
     * out, so that one run tells of all of them: what was handed on stands for the file only where true is returned.
     *
     * @return whether the file could be read whole; if not, errors say why
     */
    static boolean read(Path file, RowErrors errors, Consumer<Transaction> consumer) throws IOException {
        long errorsBefore = errors.count();
        long row = 0;
        try (CsvReader<NamedCsvRecord> reader = reader(file)) {
            TransactionRows rows = new TransactionRows(errors, consumer);
            for (NamedCsvRecord next : reader) {
                if (row == 0 && isColumnMissing(next, errors)) {
                    return false;
                }
                row = next.getStartingLineNumber();
                if (isMalformed(next, errors)) {
                    continue;
                }
                rows.add(next);
            }
            rows.end();
            if (row == 0) {
                errors.add(0, MALFORMED, "the file has no rows", "write it with: hledger print -O csv");
            }
        } catch (CsvParseException unreadable) {
            endsAt(unreadable, errors);
        } catch (UncheckedIOException | CharacterCodingException undecodable) {
            if (undecodable instanceof UncheckedIOException wrapped
                    && !(wrapped.getCause() instanceof CharacterCodingException)) {
                throw wrapped.getCause();
            }
            errors.add(
                    Utf8.brokenLine(file),
                    MALFORMED,
                    "the line holds bytes that are not UTF-8",
                    "convert the file, such as with: iconv -f WINDOWS-1252 -t UTF-8");
        }
        return errors.count() == errorsBefore;
    }

    private static CsvReader<NamedCsvRecord> reader(Path file) throws IOException {
        return CsvReader.builder()
                .maxBufferSize(MAX_RECORD_CHARACTERS)
                .allowExtraCharsAfterClosingQuote(false)
                // Counted here, so that all such rows are told and not the first alone.
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofNamedCsvRecord(text(file));
    }

    private static boolean isMalformed(NamedCsvRecord next, RowErrors errors) {
        int wanted = next.getHeader().size();
        if (next.getFieldCount() != wanted) {
            boolean spansLines = next.getFields().stream().anyMatch(field -> field.indexOf('\n') >= 0);
            errors.add(
                    next.getStartingLineNumber(),
                    MALFORMED,
                    "the row has " + next.getFieldCount() + " fields, the header " + wanted,
                    spansLines
                            ? "close each quotation mark: one of this row spans lines"
                            : "write as many fields as the header has, each with a comma in it in quotation marks");
            return true;
        }
        if (next.getFields().stream().anyMatch(field -> field.indexOf('\0') >= 0)) {
            errors.add(
                    next.getStartingLineNumber(),
                    MALFORMED,
                    "a field holds the character U+0000, which cannot be kept",
                    "take it out");
            return true;
        }
        return false;
    }

    /** Where a row is no CSV at all, nobody can say where the next one begins. */
    private static void endsAt(CsvParseException unreadable, RowErrors errors) {
        Matcher line = LINE.matcher(String.valueOf(unreadable.getMessage()));
        Throwable cause = unreadable.getCause() == null ? unreadable : unreadable.getCause();
        String said = String.valueOf(cause.getMessage());
        errors.add(
                line.find() ? Long.parseLong(line.group(1)) : 1,
                MALFORMED,
                said.startsWith("The maximum buffer size")
                        ? "a field of the row does not end within " + MAX_RECORD_CHARACTERS + " characters"
                        : "the row is not CSV: " + said,
                "close each quotation mark, and double those within a field; hledger print -O csv does so");
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
}
