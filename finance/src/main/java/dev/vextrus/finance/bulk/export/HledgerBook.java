package dev.vextrus.finance.bulk.export;

import dev.vextrus.finance.account.AccountOpened;
import dev.vextrus.finance.account.AccountType;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.kernel.CurrencyCode;
import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The journal format of hledger 1.25 and later (hledger manual, "Journal format"). */
final class HledgerBook {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern STATUS = Pattern.compile("[*!]");

    private HledgerBook() {}

    static void write(Book book, Writer out) throws IOException {
        out.write("; Exported by Vextrus: " + book.tenant() + " as of log position " + book.head() + "\n\n");
        Set<CurrencyCode> currencies = new TreeSet<>();
        book.read(event -> {
            if (event instanceof JournalEntryPosted entry) {
                entry.lines().forEach(line -> currencies.add(line.amount().currency()));
            }
        });
        for (CurrencyCode currency : currencies) {
            // The sample amount sets the decimals; its decimal mark must be there even where none follow.
            String decimals = "0".repeat(currency.minorUnits());
            out.write("commodity 1000." + decimals + " " + currency + "\n");
        }
        book.read(event -> {
            switch (event) {
                case AccountOpened opened -> declare(opened, out);
                case JournalEntryPosted posted -> write(posted, out);
                default -> {}
            }
        });
    }

    private static void declare(AccountOpened account, Writer out) throws IOException {
        out.write("account " + name(account.account().value()) + "  ; type: " + letter(account.type()) + "\n");
    }

    private static String letter(AccountType type) {
        return switch (type) {
            case ASSET -> "A";
            case LIABILITY -> "L";
            case EQUITY -> "E";
            case REVENUE -> "R";
            case EXPENSE -> "X";
        };
    }

    private static void write(JournalEntryPosted entry, Writer out) throws IOException {
        String status = entry.metadata().getOrDefault("status", "");
        out.write("\n" + entry.date());
        out.write(STATUS.matcher(status).matches() ? " " + status : "");
        out.write(
                entry.reference().isBlank()
                        ? ""
                        : " (" + line(entry.reference()).replace(")", "]") + ")");
        // A semicolon would begin a comment.
        out.write(entry.memo().isBlank() ? "" : " " + line(entry.memo()).replace(';', ','));
        String comment = line(entry.metadata().getOrDefault("comment", ""));
        out.write(comment.isEmpty() ? "\n" : "  ; " + comment + "\n");
        for (Posting posting : entry.lines()) {
            write(posting, out);
        }
    }

    private static void write(Posting posting, Writer out) throws IOException {
        out.write("    " + name(posting.account().value()) + "  " + posting.amount());
        String comment = line(posting.dimensions().getOrDefault("comment", ""));
        if (!posting.amount().equals(posting.baseAmount())) {
            comment = ("base: " + posting.baseAmount() + " " + comment).strip();
        }
        out.write(comment.isEmpty() ? "\n" : "  ; " + comment + "\n");
    }

    /** Two blanks end an account's name, and brackets around it make a posting virtual. */
    static String name(String account) {
        String name = line(account).replace(';', ',');
        return name.startsWith("(") || name.startsWith("[") || name.startsWith("*") || name.startsWith("!")
                ? "_" + name
                : name;
    }

    private static String line(String text) {
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }
}
