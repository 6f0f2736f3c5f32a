package dev.vextrus.finance.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.finance.projection.ReadModelPosition.Freshness;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Written in this process, so that no database is asked. */
class ReadModelPositionTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private final ReadModelPosition position = new ReadModelPosition(new PGSimpleDataSource(), ReadModelName.of("v1"));

    @Test
    void whoever_waits_for_what_he_wrote_is_known_while_he_waits() throws Exception {
        position.writtenHere(true);
        assertThat(position.awaited()).isFalse();

        CompletableFuture<Freshness> waiter = CompletableFuture.supplyAsync(() -> {
            try {
                return position.awaitAtLeast(5, LONG_ENOUGH);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        long deadlineNanos = System.nanoTime() + LONG_ENOUGH.toNanos();
        while (!position.awaited()) {
            assertThat(System.nanoTime()).isLessThan(deadlineNanos);
            Thread.onSpinWait();
        }
        position.advanceTo(7);

        assertThat(waiter.get(30, TimeUnit.SECONDS)).isEqualTo(new Freshness.Reached(7));
        assertThat(position.awaited()).isFalse();
    }

    @Test
    void nobody_is_kept_longer_than_he_would_wait() throws Exception {
        position.writtenHere(true);
        position.advanceTo(3);

        assertThat(position.awaitAtLeast(5, Duration.ofMillis(1))).isEqualTo(new Freshness.Behind(3));
        assertThat(position.awaited()).isFalse();
    }
}
