package dev.vextrus.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.contract.Samples;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

final class GroupCommitTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int WRITERS = 2;

    /** Where nothing but an error comes of a connection, as where memory or a class is missing. */
    private static final class Fatal extends PGSimpleDataSource {
        private static final long serialVersionUID = 1;

        @Override
        public Connection getConnection() {
            throw new LinkageError("a class is missing");
        }
    }

    @Test
    void nobody_waits_for_writers_that_an_error_ended_and_their_end_is_seen() throws InterruptedException {
        BlockingQueue<Throwable> seen = new LinkedBlockingQueue<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, cause) -> seen.add(cause));
        try (var writers = new GroupCommit(WRITERS, GroupCommitTest::appender)) {
            List<CompletableFuture<AppendResult>> sent = new ArrayList<>();
            for (int died = 0; died < WRITERS; died++) {
                sent.add(writers.append(request(died)));
                assertThat(seen.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(LinkageError.class);
            }
            IntStream.range(WRITERS, WRITERS + 20).forEach(i -> sent.add(writers.append(request(i))));

            assertThat(sent)
                    .allSatisfy(outcome -> assertThat(outcome)
                            .failsWithin(DEADLINE)
                            .withThrowableThat()
                            .withCauseInstanceOf(StoreUnavailable.class));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    private static BatchAppender appender() {
        return new BatchAppender(
                new Fatal(),
                "1.0.0",
                InstantSource.system(),
                Duration.ofSeconds(1),
                new KnownVersions(),
                new Foresight());
    }

    private static AppendRequest request(int number) {
        return Samples.fresh(Samples.ACME, StreamId.of("entry", Integer.toString(number)), 1);
    }
}
