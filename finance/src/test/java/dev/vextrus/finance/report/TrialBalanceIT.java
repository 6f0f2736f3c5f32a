package dev.vextrus.finance.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.memory.InMemoryEventStore;
import dev.vextrus.finance.journal.JournalEntryPosted;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.finance.projection.EventDecoder;
import dev.vextrus.finance.projection.ReadModelFixture;
import dev.vextrus.finance.projection.ReadModelName;
import dev.vextrus.finance.projection.SeededBooks;
import dev.vextrus.finance.query.TenantReader;
import dev.vextrus.kernel.TenantId;
import java.math.BigInteger;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The trial balance at any two times is what adding up the events by hand gives. */
class TrialBalanceIT {
    private static final TenantId ACME = TenantId.of("acme");
    private static final LocalDate MID_YEAR = LocalDate.of(2026, 6, 15);

    @Test
    void now_as_of_a_date_and_as_known_at_a_position_are_the_sums_of_the_events() throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName name = ReadModelFixture.newReadModel();
            new SeededBooks(store, 51, "acme", "bolt").append(300);
            ReadModelFixture.build(store, name, ReadModelFixture.PROJECTIONS);
            TrialBalanceQuery query = new TrialBalanceQuery(new TenantReader(ReadModelFixture.as(Role.READER), name));
            long head = store.head();

            assertThat(balances(query.now(ACME))).isEqualTo(sums(store, null, head));
            assertThat(balances(query.asOf(ACME, MID_YEAR))).isEqualTo(sums(store, MID_YEAR, head));
            for (long position : new long[] {0, 1, head / 3, head / 2, head - 1, head}) {
                assertThat(balances(query.knownAt(ACME, null, position)))
                        .as("known at %d of %d", position, head)
                        .isEqualTo(sums(store, null, position));
                assertThat(balances(query.knownAt(ACME, MID_YEAR, position)))
                        .as("as of %s, known at %d of %d", MID_YEAR, position, head)
                        .isEqualTo(sums(store, MID_YEAR, position));
            }
        }
    }

    @Test
    void it_is_balanced_and_says_up_to_where_it_knows() throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName name = ReadModelFixture.newReadModel();
            new SeededBooks(store, 52, "acme").append(300);
            ReadModelFixture.build(store, name, ReadModelFixture.PROJECTIONS);
            TrialBalanceQuery query = new TrialBalanceQuery(new TenantReader(ReadModelFixture.as(Role.READER), name));
            TrialBalance now = query.now(ACME);
            assertThat(now.position()).isEqualTo(store.head());
            assertThat(now.totals()).hasSize(2).allMatch(TrialBalance.Total::isBalanced);
            assertThat(now.baseTotal()).isNotNull().matches(TrialBalance.Total::isBalanced);
            assertThat(query.knownAt(ACME, null, 100).position()).isEqualTo(100);
            TrialBalance empty = query.now(TenantId.of("nobody"));
            assertThat(empty.rows()).isEmpty();
            assertThat(empty.baseTotal()).isNull();
            assertThat(empty.position()).isEqualTo(store.head());
        }
    }

    /** Balances in minor units by account and currency; debit positive. */
    private static Map<String, BigInteger> balances(TrialBalance report) {
        Map<String, BigInteger> balances = new TreeMap<>();
        report.rows()
                .forEach(row -> balances.put(
                        row.account() + " " + row.debit().currency(),
                        row.balance().minorUnits()));
        return balances;
    }

    private static Map<String, BigInteger> sums(InMemoryEventStore store, @Nullable LocalDate asOf, long upTo) {
        Map<String, BigInteger> sums = new TreeMap<>();
        EventDecoder decoder = ReadModelFixture.decoder();
        for (RecordedEvent event : store.readLog(ACME, 0, Integer.MAX_VALUE)) {
            if (event.position() <= upTo
                    && decoder.decode(event) instanceof JournalEntryPosted posted
                    && (asOf == null || !posted.date().isAfter(asOf))) {
                for (Posting line : posted.lines()) {
                    sums.merge(
                            line.account() + " " + line.amount().currency(),
                            BigInteger.valueOf(line.amount().minorUnits()),
                            BigInteger::add);
                }
            }
        }
        return sums;
    }
}
