package dev.vextrus.finance.bulk.export;

import dev.vextrus.finance.account.AccountOpened;
import dev.vextrus.finance.account.AccountType;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.tenant.TenantCreated;
import java.io.IOException;
import java.io.Writer;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The format of Beancount 2 and 3 (Beancount Language Syntax). Its account names begin with one of five roots, and each
 * part with a capital or a digit; others are put under their type's root and cleaned, and stay distinct.
 */
final class BeancountBook {
    private static final Pattern FORBIDDEN = Pattern.compile("[^\\p{L}\\p{N}-]+");

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private LocalDate first = LocalDate.MAX;
    private String currency = "";

    static void write(Book book, Writer out) throws IOException {
        BeancountBook format = new BeancountBook();
        book.read(format::survey);
        out.write("; Exported by Vextrus: " + book.tenant() + " as of log position " + book.head() + "\n");
        out.write(format.currency.isEmpty() ? "" : "option \"operating_currency\" \"" + format.currency + "\"\n");
        for (String name : format.names.values()) {
            // Beancount wants an account opened before its first use; before the first entry is before every use.
            out.write((format.first.equals(LocalDate.MAX) ? LocalDate.EPOCH : format.first) + " open " + name + "\n");
        }
        book.read(event -> {
            if (event instanceof JournalEntryPosted entry) {
                format.write(entry, out);
            }
        });
    }

    private void survey(Object event) {
        switch (event) {
            case TenantCreated created -> currency = created.baseCurrency().code();
            case AccountOpened opened -> name(opened.account().value(), opened.type());
            case JournalEntryPosted entry -> first = entry.date().isBefore(first) ? entry.date() : first;
            default -> {}
        }
    }

    private void name(String account, AccountType type) {
        String root = root(type);
        String rest = account.startsWith(root + ":") ? account.substring(root.length() + 1) : account;
        StringBuilder name = new StringBuilder(root);
        for (String part : rest.split(":", -1)) {
            name.append(':').append(part(part));
        }
        String distinct = name.toString();
        for (int i = 2; !taken.add(distinct); i++) {
            distinct = name + "-" + i;
        }
        names.put(account, distinct);
    }

    private static String root(AccountType type) {
        return switch (type) {
            case ASSET -> "Assets";
            case LIABILITY -> "Liabilities";
            case EQUITY -> "Equity";
            case REVENUE -> "Income";
            case EXPENSE -> "Expenses";
        };
    }

    private static String part(String text) {
        String clean = FORBIDDEN.matcher(text).replaceAll("-");
        int start = 0;
        while (start < clean.length() && clean.charAt(start) == '-') {
            start++;
        }
        String rest = clean.substring(start);
        if (rest.isEmpty()) {
            return "X";
        }
        int head = Character.toUpperCase(rest.codePointAt(0));
        String tail = rest.substring(Character.charCount(rest.codePointAt(0)));
        return Character.isUpperCase(head) || Character.isDigit(head) ? Character.toString(head) + tail : "X" + rest;
    }

    private void write(JournalEntryPosted entry, Writer out) throws IOException {
        String flag = entry.metadata().getOrDefault("status", "").equals("!") ? "!" : "*";
        out.write("\n" + entry.date() + " " + flag + " " + quoted(entry.memo()) + "\n");
        if (!entry.reference().isBlank()) {
            out.write("  reference: " + quoted(entry.reference()) + "\n");
        }
        for (Posting posting : entry.lines()) {
            String name = names.get(posting.account().value());
            if (name == null) {
                throw new IllegalStateException("export: account " + posting.account() + " was never opened");
            }
            out.write("  " + name + "  " + posting.amount() + "\n");
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
