package dev.vextrus.finance.projection;

import dev.vextrus.finance.journal.EntrySource;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.JournalEntryReversed;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.kernel.Money;
import java.util.Map;

/** What a seeded tenant books by hand. */
final class SeededEntries {
    private SeededEntries() {}

    static void post(SeededTenant tenant) {
        Money amount = tenant.euros();
        JournalEntryPosted posted = tenant.entry(
                tenant.date(),
                EntrySource.MANUAL,
                Posting.of(SeededTenant.EXPENSE, amount),
                Posting.of(SeededTenant.BANK, amount.negated()));
        tenant.append(new SeededTenant.Part("journal", posted.entry(), posted));
        tenant.reversible.add(posted);
    }

    static void postForeign(SeededTenant tenant) {
        Money dollars = Money.ofMinor(SeededTenant.USD, 1 + tenant.random.nextInt(100_000));
        Money base = Money.ofMinor(SeededTenant.EUR, 1 + dollars.minorUnits() * 9 / 10);
        JournalEntryPosted posted = tenant.entry(
                tenant.date(),
                EntrySource.MANUAL,
                new Posting(SeededTenant.BANK, dollars, base, Map.of("project", "abroad")),
                new Posting(SeededTenant.TRADING, dollars.negated(), base.negated(), Map.of()),
                Posting.of(SeededTenant.TRADING, base),
                Posting.of(SeededTenant.REVENUE, base.negated()));
        tenant.append(new SeededTenant.Part("journal", posted.entry(), posted));
    }

    static void reverse(SeededTenant tenant) {
        if (tenant.reversible.isEmpty()) {
            return;
        }
        JournalEntryPosted first = tenant.reversible.remove(tenant.random.nextInt(tenant.reversible.size()));
        JournalEntryPosted second = opposite(tenant, first);
        tenant.append(
                new SeededTenant.Part("journal", second.entry(), second),
                new SeededTenant.Part(
                        "journal", first.entry(), new JournalEntryReversed(first.entry(), second.entry())));
    }

    private static JournalEntryPosted opposite(SeededTenant tenant, JournalEntryPosted first) {
        return tenant.entry(
                tenant.date(),
                new EntrySource(EntrySource.Kind.REVERSAL, first.entry().toString()),
                first.lines().stream().map(Posting::reversed).toArray(Posting[]::new));
    }
}
