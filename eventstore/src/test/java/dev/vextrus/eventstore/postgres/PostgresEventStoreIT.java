package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.contract.EventStoreContract;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresEventStoreIT implements EventStoreContract {
    private TestDatabase database;
    private EventStore store;

    @BeforeAll
    void start() {
        database = TestDatabase.start();
    }

    @BeforeEach
    void open() throws SQLException {
        database.empty();
        store = database.store("1.0.0");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @AfterAll
    void stop() {
        database.close();
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
