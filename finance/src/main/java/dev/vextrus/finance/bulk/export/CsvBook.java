package dev.vextrus.finance.bulk.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.kernel.Money;
import java.io.IOException;
import java.io.Writer;

/** The columns of {@code hledger print -O csv}, which import reads. */
final class CsvBook {

    private CsvBook() {}

    static void write(Book book, Writer out) throws IOException {
        // Left open: the response that it writes to is not ours to close.
        CsvWriter csv = CsvWriter.builder()
                .quoteStrategy(QuoteStrategies.ALWAYS)
                .lineDelimiter(LineDelimiter.LF)
                .build(out);
        csv.writeRecord(
                "txnidx",
                "date",
                "date2",
                "status",
                "code",
                "description",
                "comment",
                "account",
                "amount",
                "commodity",
                "credit",
                "debit",
                "posting-status",
                "posting-comment");
        long[] index = new long[1];
        book.read(event -> {
            if (event instanceof JournalEntryPosted entry) {
                index[0]++;
                for (Posting posting : entry.lines()) {
                    write(Long.toString(index[0]), entry, posting, csv);
                }
            }
        });
        csv.flush();
    }

    private static void write(String index, JournalEntryPosted entry, Posting posting, CsvWriter csv) {
        Money amount = posting.amount();
        csv.writeRecord(
                index,
                entry.date().toString(),
                entry.metadata().getOrDefault("date2", ""),
                entry.metadata().getOrDefault("status", ""),
                entry.reference(),
                entry.memo(),
                entry.metadata().getOrDefault("comment", ""),
                posting.account().value(),
                amount.amount().toPlainString(),
                amount.currency().code(),
                amount.isNegative() ? amount.negated().amount().toPlainString() : "",
                amount.isNegative() ? "" : amount.amount().toPlainString(),
                posting.dimensions().getOrDefault("status", ""),
                posting.dimensions().getOrDefault("comment", ""));
    }
}
