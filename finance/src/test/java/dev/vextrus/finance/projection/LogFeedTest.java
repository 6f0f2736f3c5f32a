package dev.vextrus.finance.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.memory.InMemoryEventStore;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When events come, is up to whoever waits for what is made of them. */
class LogFeedTest {
    private static final int FOR_EVER = Integer.MAX_VALUE;
    private static final int LONG_ENOUGH_MILLIS = 30_000;
    private static final int A_MOMENT_MILLIS = 200;

    @Test
    void what_follows_the_first_event_is_gathered_until_somebody_waits_for_it() throws InterruptedException {
        AtomicInteger gather = new AtomicInteger(FOR_EVER);
        try (InMemoryEventStore store = new InMemoryEventStore("1.0.0", InstantSource.system());
                LogFeed feed = new LogFeed(store, "feed", 0, gather::get)) {
            SeededBooks books = new SeededBooks(store, 20260101, "acme").append(5);
            assertThat(feed.poll(1_000, LONG_ENOUGH_MILLIS)).isNotEmpty();
            books.append(10);
            assertThat(feed.poll(1_000, A_MOMENT_MILLIS)).isEmpty();

            gather.set(0);

            assertThat(feed.poll(1_000, LONG_ENOUGH_MILLIS).getLast().position())
                    .isEqualTo(store.head());
        }
    }
}
