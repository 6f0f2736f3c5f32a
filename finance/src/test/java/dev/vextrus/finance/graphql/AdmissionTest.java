package dev.vextrus.finance.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.eventstore.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    @Test
    void never_more_than_its_places_are_worked_on_at_a_time_and_all_have_their_turn() {
        Admission admission = new Admission(3, Duration.ofMinutes(1));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                requests.execute(() -> {
                    Admission.Place place = admission.enter();
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    inside.decrementAndGet();
                    done.incrementAndGet();
                    place.leave();
                });
            }
        }
        assertThat(done).hasValue(200);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void a_request_that_waits_for_too_long_is_told_to_come_back() {
        Admission admission = new Admission(1, Duration.ofMillis(1));
        Admission.Place place = admission.enter();
        assertThatThrownBy(admission::enter)
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("try again later");
        place.leave();
        admission.enter().leave();
    }

    @Test
    void whoever_comes_while_all_places_are_taken_begins_when_one_is_free() throws InterruptedException {
        Admission admission = new Admission(1, Duration.ofMinutes(1));
        Admission.Place place = admission.enter();
        CountDownLatch begun = new CountDownLatch(1);
        Thread next = Thread.startVirtualThread(() -> {
            admission.enter().leave();
            begun.countDown();
        });
        assertThat(begun.getCount()).isEqualTo(1);
        place.leave();
        begun.await();
        next.join();
    }
}
