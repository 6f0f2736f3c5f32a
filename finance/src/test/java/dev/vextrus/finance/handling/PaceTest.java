package dev.vextrus.finance.handling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    /** Moves on by a millisecond whenever it is looked at, so that a rest comes to its end without anybody waiting. */
    private final AtomicLong clock = new AtomicLong();

    private final Pace pace = new Pace(25, () -> clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1)));

    @Test
    void after_a_piece_it_rests_three_times_as_long() {
        pace.piece(() -> pass(3));
        long began = clock.get();
        pace.piece(() -> pass(0));
        assertThat(millisSince(began)).isBetween(12L, 15L);
    }

    @Test
    void a_piece_that_took_very_long_is_followed_by_a_bounded_rest() {
        pace.piece(() -> pass(10_000));
        long began = clock.get();
        pace.piece(() -> pass(0));
        assertThat(millisSince(began)).isBetween(15L, 19L);
    }

    @Test
    void a_piece_that_fails_is_paid_for_as_well() {
        assertThatThrownBy(() -> pace.piece(() -> {
                    pass(3);
                    throw new IllegalStateException("as it must");
                }))
                .hasMessage("as it must");
        long began = clock.get();
        assertThat(pace.piece(() -> pass(0))).isZero();
        assertThat(millisSince(began)).isBetween(12L, 15L);
    }

    @Test
    void a_share_is_above_nothing_and_at_most_all() {
        assertThatThrownBy(() -> new Pace(0, clock::get)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pace(101, clock::get)).isInstanceOf(IllegalArgumentException.class);
    }

    private long pass(long millis) {
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        return millis;
    }

    private long millisSince(long began) {
        return TimeUnit.NANOSECONDS.toMillis(clock.get() - began);
    }
}
