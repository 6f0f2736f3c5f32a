package dev.vextrus.finance.bulk;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.AccountType;
import dev.vextrus.finance.account.OpenAccount;
import dev.vextrus.finance.journal.PostJournalEntry;
import dev.vextrus.finance.period.OpenPeriods;
import dev.vextrus.finance.period.PeriodDecider;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The accounts and periods that the file needs and the books do not have yet. */
final class Needs {
    private final KnownBooks known;
    private final AccountTypes types;
    private final TreeMap<String, AccountType> accounts = new TreeMap<>();
    private final TreeSet<YearMonth> months = new TreeSet<>();

    Needs(KnownBooks known, AccountTypes types) {
        this.known = known;
        this.types = types;
    }

    void add(PostJournalEntry entry) {
        YearMonth month = YearMonth.from(entry.date());
        if (known.period(month.toString()).isEmpty()) {
            months.add(month);
        }
        entry.lines().forEach(line -> addWithParents(line.account().value()));
    }

    private void addWithParents(String account) {
        for (String name = account; name != null && !accounts.containsKey(name); name = parent(name)) {
            if (known.account(name).isEmpty()) {
                String missing = name;
                types.of(name).ifPresent(type -> accounts.put(missing, type));
            }
        }
    }

    /** Parents before children, since a parent's name sorts before its children's. */
    List<OpenAccount> accounts() {
        List<OpenAccount> open = new ArrayList<>();
        accounts.forEach((name, type) -> {
            String parent = parent(name);
            open.add(new OpenAccount(
                    AccountCode.of(name),
                    name.substring(name.lastIndexOf(':') + 1),
                    type,
                    parent == null ? null : AccountCode.of(parent),
                    null));
        });
        return open;
    }

    /** Runs of months that follow one another. */
    List<OpenPeriods> periods() {
        List<OpenPeriods> runs = new ArrayList<>();
        for (YearMonth month : months) {
            OpenPeriods last = runs.isEmpty() ? null : runs.getLast();
            boolean follows = last != null
                    && last.last().plusMonths(1).equals(month)
                    && last.first().plusMonths(PeriodDecider.MAX_MONTHS).isAfter(month);
            if (last != null && follows) {
                runs.set(runs.size() - 1, new OpenPeriods(last.first(), month));
            } else {
                runs.add(new OpenPeriods(month, month));
            }
        }
        return runs;
    }

    private static @Nullable String parent(String account) {
        int colon = account.lastIndexOf(':');
        String parent = colon < 0 ? "" : account.substring(0, colon);
        return AccountCode.isWellFormed(parent) ? parent : null;
    }
}
