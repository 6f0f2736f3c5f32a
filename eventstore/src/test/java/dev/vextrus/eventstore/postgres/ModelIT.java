package dev.vextrus.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.contract.RandomRequests;
import dev.vextrus.eventstore.memory.InMemoryEventStore;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random requests do in PostgreSQL exactly what they do in memory. */
final class ModelIT extends OnDatabase {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-31T12:00:00Z"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void the_same_requests_give_the_same_outcomes_and_the_same_log(long seed) {
        var requests = new RandomRequests(seed);
        try (EventStore model = new InMemoryEventStore("1.0.0", CLOCK);
                EventStore real = new PostgresEventStore(database.sources(), "1.0.0", CLOCK)) {
            for (int i = 0; i < 300; i++) {
                AppendRequest request = requests.next(model);
                AppendResult expected = model.append(request).join();
                AppendResult actual = real.append(request).join();
                if (expected instanceof AppendResult.Rejected) {
                    assertThat(actual).as("seed %d, request %d", seed, i).isInstanceOf(AppendResult.Rejected.class);
                } else {
                    assertThat(actual).as("seed %d, request %d", seed, i).isEqualTo(expected);
                }
            }
            assertThat(real.readLog(0, 10_000)).as("seed %d", seed).isEqualTo(model.readLog(0, 10_000));
            assertThat(real.readCommands(0, 10_000)).as("seed %d", seed).isEqualTo(model.readCommands(0, 10_000));
            assertThat(real.verifyChains()).isEqualTo(model.verifyChains());
        }
    }
}
