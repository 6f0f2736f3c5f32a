package dev.vextrus.eventstore.contract;

import static dev.vextrus.eventstore.contract.Samples.ACME;
import static dev.vextrus.eventstore.contract.Samples.GLOBEX;
import static dev.vextrus.eventstore.contract.Samples.INVOICE;
import static dev.vextrus.eventstore.contract.Samples.PERIOD;
import static dev.vextrus.eventstore.contract.Samples.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.EventStore.Subscription;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.kernel.TenantId;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Subscriptions. */
public interface DeliveryContract extends StoreUnderTest {

    @Test
    default void a_subscriber_gets_what_was_there_and_what_comes_in_order() {
        append(fresh(ACME, INVOICE, 3));
        var received = new Received();
        try (Subscription subscription = store().subscribe("test", 1, received::accept)) {
            received.awaitUpTo(3);
            append(fresh(GLOBEX, INVOICE, 2));
            received.awaitUpTo(5);
            assertThat(subscription.position()).isBetween(3L, 5L);
        }
        assertThat(received.positions()).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    default void a_consumer_that_throws_gets_the_same_batch_again() {
        append(fresh(ACME, INVOICE, 3));
        var received = new Received();
        var first = new AtomicBoolean(true);
        try (Subscription _ = store().subscribe("test", 0, events -> {
            if (first.getAndSet(false)) {
                throw new IllegalStateException("on purpose, to be given the batch again");
            }
            received.accept(events);
        })) {
            received.awaitUpTo(3);
        }
        assertThat(received.positions()).containsExactly(1L, 2L, 3L);
    }

    @Test
    default void a_closed_subscription_delivers_nothing_more() {
        var received = new Received();
        Subscription subscription = store().subscribe("test", 0, received::accept);
        append(fresh(ACME, INVOICE, 1));
        received.awaitUpTo(1);
        subscription.close();

        var other = new Received();
        try (Subscription _ = store().subscribe("other", 0, other::accept)) {
            append(fresh(ACME, PERIOD, 1));
            other.awaitUpTo(2);
        }
        assertThat(received.positions()).containsExactly(1L);
    }

    @Test
    default void a_subscriber_misses_nothing_while_many_append_at_once() {
        var received = new Received();
        try (Subscription _ = store().subscribe("test", 0, received::accept)) {
            List<Thread> writers = IntStream.range(0, 4)
                    .mapToObj(writer -> Thread.ofVirtual().start(() -> {
                        TenantId tenant = TenantId.of("tenant-" + writer);
                        for (int i = 0; i < 50; i++) {
                            append(fresh(tenant, StreamId.of("entry", Integer.toString(i)), 2));
                        }
                    }))
                    .toList();
            received.awaitUpTo(400);
            assertThat(writers).hasSize(4);
        }
        assertThat(received.positions())
                .isEqualTo(LongStream.rangeClosed(1, 400).boxed().toList());
        assertThat(received.events()).isEqualTo(store().readLog(0, 1_000));
    }

    @Test
    default void two_subscribers_each_get_everything() {
        var one = new Received();
        var two = new Received();
        try (Subscription _ = store().subscribe("one", 0, one::accept);
                Subscription _ = store().subscribe("two", 0, two::accept)) {
            append(fresh(ACME, INVOICE, 3));
            one.awaitUpTo(3);
            two.awaitUpTo(3);
        }
        List<RecordedEvent> all = store().readLog(0, 10);
        assertThat(one.events()).isEqualTo(all);
        assertThat(two.events()).isEqualTo(all);
    }
}
