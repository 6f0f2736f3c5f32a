package dev.vextrus.finance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.eventstore.memory.InMemoryEventStore;
import dev.vextrus.finance.invoice.read.InvoiceFilter;
import dev.vextrus.finance.invoice.read.InvoiceQueries;
import dev.vextrus.finance.invoice.read.InvoiceSort;
import dev.vextrus.finance.journal.read.JournalEntryView;
import dev.vextrus.finance.journal.read.JournalFilter;
import dev.vextrus.finance.journal.read.JournalQueries;
import dev.vextrus.finance.journal.read.JournalSort;
import dev.vextrus.finance.projection.ReadModelFixture;
import dev.vextrus.finance.projection.ReadModelName;
import dev.vextrus.finance.projection.SeededBooks;
import dev.vextrus.kernel.TenantId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeysetIT {
    private static final TenantId ACME = TenantId.of("acme");
    private static final ReadModelName NAME = ReadModelFixture.newReadModel();
    private static final TenantReader READER = new TenantReader(ReadModelFixture.as(Role.READER), NAME);
    private static final JournalQueries JOURNAL = new JournalQueries(READER);

    @BeforeAll
    static void keepBooks() throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            new SeededBooks(store, 41, "acme", "bolt").append(200);
            ReadModelFixture.build(store, NAME, ReadModelFixture.PROJECTIONS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void pages_put_together_are_the_list_in_its_order_without_gap_or_repetition(JournalSort sort) {
        List<JournalEntryView> paged = new ArrayList<>();
        @Nullable String after = null;
        Page<JournalEntryView> page;
        do {
            page = JOURNAL.page(ACME, JournalFilter.ALL, sort, new PageRequest(7, after));
            paged.addAll(page.nodes());
            assertThat(page.hasPrevious()).isEqualTo(after != null);
            after = page.entries().getLast().cursor();
        } while (page.hasNext());
        List<JournalEntryView> whole = JOURNAL.page(ACME, JournalFilter.ALL, sort, new PageRequest(500, null))
                .nodes();
        assertThat(paged).hasSizeGreaterThan(30).isEqualTo(whole).doesNotHaveDuplicates();
        assertThat(whole).isSortedAccordingTo(order(sort));
    }

    private static Comparator<JournalEntryView> order(JournalSort sort) {
        Comparator<JournalEntryView> byPosition = Comparator.comparingLong(JournalEntryView::position);
        Comparator<JournalEntryView> byDate =
                Comparator.comparing(JournalEntryView::date).thenComparing(byPosition);
        return switch (sort) {
            case OLDEST_FIRST -> byPosition;
            case NEWEST_FIRST -> byPosition.reversed();
            case DATE_ASCENDING -> byDate;
            case DATE_DESCENDING -> byDate.reversed();
        };
    }

    @Test
    void lines_of_many_entries_come_in_one_batch_and_sum_to_zero() {
        List<JournalEntryView> entries = JOURNAL.page(
                        ACME, JournalFilter.ALL, JournalSort.NEWEST_FIRST, new PageRequest(20, null))
                .nodes();
        var lines =
                JOURNAL.lines(ACME, entries.stream().map(JournalEntryView::id).toList());
        assertThat(lines).hasSize(20);
        assertThat(lines.values())
                .allSatisfy(of -> assertThat(of.stream()
                                .mapToLong(line -> line.posting().baseAmount().minorUnits())
                                .sum())
                        .isZero());
    }

    @Test
    void a_cursor_of_another_list_and_a_made_up_one_are_the_callers_mistake() {
        String cursor = JOURNAL.page(ACME, JournalFilter.ALL, JournalSort.DATE_ASCENDING, new PageRequest(1, null))
                .entries()
                .getFirst()
                .cursor();
        InvoiceQueries invoices = new InvoiceQueries(READER);
        for (String bad : List.of(cursor, "", "%%%", "bmV3ZXN0H3g", "bmV3ZXN0")) {
            assertThatThrownBy(() ->
                            invoices.page(ACME, InvoiceFilter.ALL, InvoiceSort.NEWEST_FIRST, new PageRequest(5, bad)))
                    .as("cursor '%s'", bad)
                    .isInstanceOf(BadPage.class)
                    .hasMessageContaining("after:");
        }
        assertThatThrownBy(() -> new PageRequest(0, null))
                .isInstanceOf(BadPage.class)
                .hasMessageContaining("first:");
        assertThatThrownBy(() -> new PageRequest(PageRequest.MAX + 1, null)).isInstanceOf(BadPage.class);
    }
}
