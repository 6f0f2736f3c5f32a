package dev.vextrus.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.contract.Samples;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

final class GroupCommitTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int WRITERS = 2;

    private final Sick source = new Sick();
    private final GroupCommit writers = new GroupCommit(WRITERS, this::appender);

    @AfterEach
    void close() {
        writers.close();
    }

    @Test
    void writers_outlive_errors_nobody_waits_for_them_and_an_endless_row_of_errors_shows() {
        for (int sent = 0; sent < 5 * WRITERS; sent++) {
            assertUnavailable("an error; what became of the batch is not known");
        }
        assertThat(writers.isWriting()).as("when every batch ends in an error").isFalse();

        source.fatal = false;
        assertUnavailable("the database did not take the batch");
        assertThat(writers.isWriting()).as("an outage is not its fault").isTrue();
    }

    @Test
    void errors_of_single_requests_say_nothing_about_the_writers() {
        for (int times = 0; times < 10; times++) {
            source.fatal = true;
            assertUnavailable("an error; what became of the batch is not known");
            source.fatal = false;
            assertUnavailable("the database did not take the batch");
        }
        assertThat(writers.isWriting()).isTrue();
    }

    @Test
    void closed_writers_write_no_more() {
        writers.close();
        assertThat(writers.isWriting()).isFalse();
        assertUnavailable("the event store is closed");
    }

    private void assertUnavailable(String message) {
        assertThat(writers.append(request()))
                .failsWithin(DEADLINE)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(StoreUnavailable.class)
                .withMessage(message);
    }

    private BatchAppender appender() {
        return new BatchAppender(
                source, "1.0.0", InstantSource.system(), Duration.ofSeconds(1), new KnownVersions(), new Foresight());
    }

    /** Gives no connection: for want of a class, or because the server has as many as it takes. */
    private static final class Sick extends PGSimpleDataSource {
        private static final long serialVersionUID = 1;
        private volatile boolean fatal = true;

        @Override
        public Connection getConnection() throws SQLException {
            if (fatal) {
                throw new LinkageError("a class is missing");
            }
            throw new SQLException("too many connections", "53300");
        }
    }

    private static AppendRequest request() {
        return Samples.fresh(Samples.ACME, StreamId.of("entry", "1"), 1);
    }
}
