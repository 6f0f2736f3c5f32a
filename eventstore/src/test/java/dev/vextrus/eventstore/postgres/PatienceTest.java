package dev.vextrus.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vextrus.eventstore.StoreUnavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PatienceTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // such a clock may run over
    private final Patience patience = new Patience(Duration.ofSeconds(10), nanos::get);

    @Test
    void it_ends_with_its_time_and_the_next_batch_has_all_of_it_again() {
        patience.begin();
        assertLeft();
        pass(11);
        assertNoneLeft();
        patience.begin();
        assertLeft();
    }

    @Test
    void silence_on_a_lost_connection_uses_up_nothing_of_the_time_to_find_another() {
        patience.begin();
        pass(20);
        patience.beginAnew();
        pass(9);
        assertLeft();
        pass(2);
        assertNoneLeft();
    }

    @Test
    void a_batch_that_ends_every_connection_ends_itself() {
        patience.begin();
        patience.beginAnew();
        pass(11);
        patience.beginAnew();
        assertNoneLeft();
    }

    private void pass(long seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private void assertLeft() {
        assertThatCode(() -> patience.pauseOrThrow(new SQLException("away"))).doesNotThrowAnyException();
    }

    private void assertNoneLeft() {
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> patience.pauseOrThrow(new SQLException("away")))
                .withMessageContaining("away for longer than");
    }
}
