package dev.vextrus.finance.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.eventstore.memory.InMemoryEventStore;
import dev.vextrus.finance.parity.Parity.Cut;
import dev.vextrus.finance.projection.ProjectionRunner;
import dev.vextrus.finance.projection.ReadModelFixture;
import dev.vextrus.finance.projection.ReadModelName;
import dev.vextrus.finance.projection.SeededBooks;
import dev.vextrus.kernel.TenantId;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** X22: two versions at once; they are compared at equal cuts, and a corrupted one differs. */
class ParityIT {

    @Test
    void versions_that_followed_in_different_batches_agree_at_every_cut() throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName one = ReadModelFixture.newReadModel();
            ReadModelName two = ReadModelFixture.newReadModel();
            try (ProjectionRunner first = ReadModelFixture.runner(store, one, ReadModelFixture.PROJECTIONS);
                    ProjectionRunner second = ReadModelFixture.runner(store, two, ReadModelFixture.PROJECTIONS)) {
                first.start();
                SeededBooks books = new SeededBooks(store, 7, "acme", "bolt", "corp");
                books.append(400);
                second.start();
                books.append(600);
                ReadModelFixture.awaitReached(one, store.head());
                ReadModelFixture.awaitReached(two, store.head());
            }
            List<Cut> cuts = cuts(one);
            assertThat(cuts).hasSizeGreaterThanOrEqualTo(3).isEqualTo(cuts(two));
            assertThat(cuts.getLast().tenants()).containsOnlyKeys("acme", "bolt", "corp");
            assertThat(cuts.stream()
                            .map(cut -> cut.tenants().get("acme"))
                            .distinct()
                            .count())
                    .isEqualTo(cuts.size());
            assertThat(new Parity(ReadModelFixture.as(Role.PROJECTOR), one)
                            .cuts(cuts.getFirst().position(), 1)
                            .cuts())
                    .containsExactly(cuts.get(1));
        }
    }

    @Test
    void a_version_that_books_a_wrong_balance_differs_and_the_facts_show_where() throws InterruptedException {
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system())) {
            ReadModelName good = ReadModelFixture.newReadModel();
            ReadModelName corrupt = ReadModelFixture.newReadModel();
            new SeededBooks(store, 8, "acme").append(600);
            ReadModelFixture.build(store, good, ReadModelFixture.PROJECTIONS);
            ReadModelFixture.build(store, corrupt, CorruptBalances.among(ReadModelFixture.PROJECTIONS, 50));
            assertThat(positions(cuts(corrupt)))
                    .isEqualTo(positions(cuts(good)))
                    .isNotEmpty();
            assertThat(cuts(corrupt).getFirst().tenants())
                    .isNotEqualTo(cuts(good).getFirst().tenants());
            TenantId acme = TenantId.of("acme");
            assertThat(new Parity(ReadModelFixture.as(Role.PROJECTOR), corrupt).facts(acme))
                    .isNotEqualTo(new Parity(ReadModelFixture.as(Role.PROJECTOR), good).facts(acme))
                    .containsKey("balance/1000/EUR");
        }
    }

    private static List<Cut> cuts(ReadModelName name) {
        return new Parity(ReadModelFixture.as(Role.PROJECTOR), name)
                .cuts(0, 1000)
                .cuts();
    }

    private static List<Long> positions(List<Cut> cuts) {
        return cuts.stream().map(Cut::position).collect(Collectors.toList());
    }
}
