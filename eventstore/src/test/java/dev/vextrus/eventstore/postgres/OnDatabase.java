package dev.vextrus.eventstore.postgres;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Gives each test of a class the same server with an empty log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnDatabase {
    final TestDatabase database = TestDatabase.start();

    @BeforeEach
    void emptyTheLog() throws SQLException {
        database.empty();
    }

    @AfterAll
    void stopTheServer() {
        database.close();
    }
}
