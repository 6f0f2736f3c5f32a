package dev.vextrus.eventstore.memory;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.contract.EventStoreContract;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

final class InMemoryEventStoreTest implements EventStoreContract {
    private final EventStore store = new InMemoryEventStore("1.0.0", InstantSource.fixed(Instant.EPOCH));

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public EventStore store() {
        return store;
    }

    @Override
    public String release() {
        return "1.0.0";
    }
}
