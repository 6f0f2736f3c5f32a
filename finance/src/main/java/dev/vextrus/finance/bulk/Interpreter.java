package dev.vextrus.finance.bulk;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.command.Texts;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.journal.PostJournalEntry;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a transaction of the file into an entry, or says what is wrong with it. */
final class Interpreter {
    private static final Pattern PLAIN = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,10})?");
    private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d{1,10})?");

    private final ImportOptions options;
    private final CurrencyCode base;
    private final KnownBooks known;
    private final AccountTypes types;
    private final RowErrors errors;

    Interpreter(ImportOptions options, CurrencyCode base, KnownBooks known, RowErrors errors) {
        this.options = options;
        this.base = base;
        this.known = known;
        this.types = new AccountTypes(options.accountTypes());
        this.errors = errors;
    }

    /** What a transaction comes to. */
    sealed interface Meaning {
        /** Nothing of it is left, since all its postings are in skipped commodities. */
        record Skipped() implements Meaning {}

        /** Something is wrong, and listed. */
        record Wrong() implements Meaning {}

        /** An entry, still without an id. */
        record Entry(PostJournalEntry entry, String contentHash) implements Meaning {}
    }

    Meaning interpret(Transaction transaction) {
        long before = errors.count();
        List<Posting> lines = new ArrayList<>();
        Money sum = Money.zero(base);
        for (Transaction.Line line : transaction.lines()) {
            if (!options.skipCommodities().contains(line.commodity())) {
                Posting posting = posting(line);
                if (posting != null) {
                    lines.add(posting);
                    sum = plus(sum, posting, line);
                }
            }
        }
        LocalDate date = date(transaction);
        if (errors.count() > before || date == null) {
            return new Meaning.Wrong();
        }
        if (!sum.isZero()) {
            refuse(
                    transaction.row(),
                    new Refusal(
                            Rule.ENTRY_UNBALANCED,
                            "the transaction's postings add up to " + sum + ", not to zero",
                            null,
                            "correct the file; where a skipped commodity was the other side, map it instead"));
            return new Meaning.Wrong();
        }
        if (lines.size() < 2) {
            return new Meaning.Skipped();
        }
        String hash = transaction.contentHash();
        PostJournalEntry entry = new PostJournalEntry(
                null, date, transaction.code(), transaction.description(), lines, metadata(transaction, hash));
        Refusal refusal = refuse(entry);
        if (refusal != null) {
            refuse(transaction.row(), refusal);
            return new Meaning.Wrong();
        }
        return new Meaning.Entry(entry, hash);
    }

    /** The entry under the id that its content and its ordinal among equals give it. */
    static PostJournalEntry identified(Meaning.Entry meaning, int ordinal) {
        PostJournalEntry entry = meaning.entry();
        return new PostJournalEntry(
                new JournalEntryId(ContentIds.of(meaning.contentHash(), ordinal)),
                entry.date(),
                entry.reference(),
                entry.memo(),
                entry.lines(),
                entry.metadata());
    }

    AccountTypes types() {
        return types;
    }

    private @Nullable Posting posting(Transaction.Line line) {
        Money amount = amount(line);
        AccountCode account = account(line);
        if (amount == null || account == null) {
            return null;
        }
        Map<String, String> dimensions = new TreeMap<>();
        putIfPresent(dimensions, "comment", line.comment());
        putIfPresent(dimensions, "status", line.status());
        return new Posting(account, amount, amount, dimensions);
    }

    private @Nullable Money amount(Transaction.Line line) {
        boolean grouped = GROUPED.matcher(line.amount()).matches();
        if (!grouped && !PLAIN.matcher(line.amount()).matches()) {
            errors.add(
                    line.row(),
                    "AMOUNT_INVALID",
                    "'" + line.amount() + "' is not an amount",
                    "write it as 1234.56, with a point before the decimals");
            return null;
        }
        BigDecimal number = new BigDecimal(grouped ? line.amount().replace(",", "") : line.amount());
        String commodity = options.mapCommodities().getOrDefault(line.commodity(), line.commodity());
        if (commodity.isEmpty() && number.signum() == 0) {
            return Money.zero(base);
        }
        if (!CurrencyCode.isKnown(commodity)) {
            errors.add(
                    line.row(),
                    "COMMODITY_UNKNOWN",
                    "'" + commodity + "' is not an ISO 4217 currency",
                    "drop its postings with --skip-commodity " + commodity + ", or say what it is with --map-commodity "
                            + commodity + "=" + base);
            return null;
        }
        if (!commodity.equals(base.code())) {
            errors.add(
                    line.row(),
                    "COMMODITY_NOT_BASE",
                    "the amount is in " + commodity + ", the books are in " + base,
                    "print the file at cost in " + base + " (hledger print -B), or skip it with --skip-commodity "
                            + commodity);
            return null;
        }
        try {
            return Money.of(base, number);
        } catch (ArithmeticException inexact) {
            errors.add(
                    line.row(),
                    "TOO_MANY_DECIMALS",
                    line.amount() + " has more than the " + base.minorUnits() + " decimals of " + base
                            + ", or is too large",
                    "round it in the file");
            return null;
        }
    }

    private Money plus(Money sum, Posting posting, Transaction.Line line) {
        try {
            return sum.plus(posting.baseAmount());
        } catch (ArithmeticException tooLarge) {
            errors.add(line.row(), Rule.AMOUNT_TOO_LARGE.name(), "the amounts do not fit together", "split it");
            return sum;
        }
    }

    private @Nullable AccountCode account(Transaction.Line line) {
        String name = line.account();
        if (name.startsWith("(") || name.startsWith("[")) {
            errors.add(
                    line.row(),
                    "POSTING_VIRTUAL",
                    "the posting to " + name + " is virtual",
                    "print the file with real postings only: hledger print --real -O csv");
            return null;
        }
        if (!AccountCode.isWellFormed(name)) {
            errors.add(
                    line.row(),
                    "ACCOUNT_INVALID",
                    "'" + name + "' is not an account name",
                    "write 1 to " + AccountCode.MAX_LENGTH + " characters");
            return null;
        }
        Optional<Boolean> inUse = known.account(name);
        if (inUse.isEmpty() && types.of(name).isEmpty()) {
            String top = AccountTypes.top(name);
            errors.add(
                    line.row(),
                    "ACCOUNT_TYPE_UNKNOWN",
                    "the name " + top + " does not say what type of account it is",
                    "say it with --account-type " + top + "=ASSET (or LIABILITY, EQUITY, REVENUE, EXPENSE)");
            return null;
        }
        if (!inUse.orElse(true)) {
            errors.add(
                    line.row(),
                    Rule.ACCOUNT_INACTIVE.name(),
                    "account " + name + " is out of use",
                    "reactivate it, or name another in the file");
            return null;
        }
        return AccountCode.of(name);
    }

    private @Nullable LocalDate date(Transaction transaction) {
        try {
            LocalDate date = LocalDate.parse(transaction.date());
            if (date.getYear() < 1 || date.getYear() > 9999) {
                return notADate(transaction);
            }
            String month = YearMonth.from(date).toString();
            if (!known.period(month).orElse(true)) {
                errors.add(
                        transaction.row(),
                        Rule.PERIOD_CLOSED.name(),
                        "the period " + month + " is closed",
                        "have a controller reopen it, or leave the transaction out");
                return null;
            }
            return date;
        } catch (DateTimeParseException malformed) {
            return notADate(transaction);
        }
    }

    private @Nullable LocalDate notADate(Transaction transaction) {
        errors.add(
                transaction.row(),
                "DATE_INVALID",
                "'" + transaction.date() + "' is not a date of the years 1 to 9999",
                "write it as 2012-01-31");
        return null;
    }

    private static @Nullable Refusal refuse(PostJournalEntry entry) {
        Refusal refusal = Texts.check("code", entry.reference(), Texts.MAX_LINE);
        if (refusal == null) {
            refusal = Texts.check("description", entry.memo(), Texts.MAX_MEMO);
        }
        if (refusal == null) {
            refusal = Texts.check("transaction", entry.metadata());
        }
        for (Posting line : entry.lines()) {
            if (refusal == null) {
                refusal = Texts.check("posting", line.dimensions());
            }
        }
        return refusal;
    }

    private void refuse(long row, Refusal refusal) {
        errors.add(row, refusal.code(), refusal.message(), refusal.remedy());
    }

    private static Map<String, String> metadata(Transaction transaction, String hash) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(KnownBooks.HASH, hash);
        putIfPresent(metadata, KnownBooks.INDEX, transaction.index());
        putIfPresent(metadata, "comment", transaction.comment());
        putIfPresent(metadata, "date2", transaction.secondDate());
        putIfPresent(metadata, "status", transaction.status());
        return metadata;
    }

    private static void putIfPresent(Map<String, String> texts, String key, String value) {
        if (!value.isBlank()) {
            texts.put(key, value);
        }
    }
}
