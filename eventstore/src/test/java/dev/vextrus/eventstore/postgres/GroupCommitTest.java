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

        source.ill = Ill.REFUSES;
        assertUnavailable("the database did not take the batch");
        assertThat(writers.isWriting()).as("an outage is not its fault").isTrue();
    }

    @Test
    void an_endless_row_of_exceptions_nobody_foresaw_shows_as_well() {
        source.ill = Ill.UNFORESEEN;
        for (int sent = 0; sent < 5 * WRITERS; sent++) {
            assertUnavailable("an error; what became of the batch is not known");
        }
        assertThat(writers.isWriting()).isFalse();
    }

    @Test
    void where_no_writer_is_left_nobody_waits_for_one() {
        source.ill = Ill.INTERRUPTS;
        for (int ended = 0; ended < WRITERS; ended++) {
            assertUnavailable("the database did not take the batch");
        }
        assertUnavailable("no writer of events is left");
        assertThat(writers.isWriting()).isFalse();
        assertUnavailable("no writer of events is left");
    }

    @Test
    void errors_of_single_requests_say_nothing_about_the_writers() {
        for (int times = 0; times < 10; times++) {
            source.ill = Ill.MISSES_A_CLASS;
            assertUnavailable("an error; what became of the batch is not known");
            source.ill = Ill.REFUSES;
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

    /** Why there is no connection. */
    private enum Ill {
        MISSES_A_CLASS,
        UNFORESEEN,
        REFUSES,
        /** Refuses, and has the writer end. */
        INTERRUPTS
    }

    private static final class Sick extends PGSimpleDataSource {
        private static final long serialVersionUID = 1;
        private volatile Ill ill = Ill.MISSES_A_CLASS;

        @Override
        public Connection getConnection() throws SQLException {
            switch (ill) {
                case MISSES_A_CLASS -> throw new LinkageError("a class is missing");
                case UNFORESEEN -> throw new IllegalStateException("nobody foresaw it");
                case INTERRUPTS -> Thread.currentThread().interrupt();
                case REFUSES -> {}
            }
            throw new SQLException("too many connections", "53300");
        }
    }

    private static AppendRequest request() {
        return Samples.fresh(Samples.ACME, StreamId.of("entry", "1"), 1);
    }
}
