package dev.vextrus.eventstore.postgres;

import static dev.vextrus.eventstore.contract.Samples.ACME;
import static dev.vextrus.eventstore.contract.Samples.PERIOD;
import static dev.vextrus.eventstore.contract.Samples.event;
import static dev.vextrus.eventstore.contract.Samples.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.RecordedCommand;
import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.eventstore.contract.Samples;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** X13: a process is killed (SIGKILL) in its commit, and another is asked the same under the same key. */
final class KilledWriterIT extends OnDatabase {
    private static final long PATIENCE_SECONDS = 120;

    @ParameterizedTest
    @EnumSource
    void what_a_process_was_killed_over_is_done_once_by_it_or_by_the_next(LossyCommits.Loss where) throws Exception {
        Process killed = WriterProcess.start(database.environment(), where);
        try {
            assertThat(CompletableFuture.supplyAsync(
                                    () -> killed.inputReader().lines().findFirst())
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .hasValue(WriterProcess.STANDS_STILL);
        } finally {
            killed.destroyForcibly();
        }
        assertThat(killed.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

        try (EventStore next = database.store("1.1.0")) {
            appendUntilAnswered(next);

            boolean committed = where == LossyCommits.Loss.AFTER_COMMIT || where == LossyCommits.Loss.AFTER_FORESEEN;
            assertThat(next.findCommand(ACME, "alice", "key"))
                    .map(RecordedCommand::release)
                    .hasValue(committed ? "1.0.0" : "1.1.0");
            assertThat(next.readStream(ACME, PERIOD, 0, 10)).hasSize(1);
            assertThat(next.verifyChains().ok()).isTrue();
        }
    }

    static AppendRequest command() {
        var write = new StreamWrite(PERIOD, 0, List.of(event("closed")));
        return request(ACME, List.of(write), List.of(), Samples.command("alice", "key", "hash"));
    }

    /** The server may be slow to find out that the killed process is gone, and holds the log's lock for it until then. */
    private static void appendUntilAnswered(EventStore store) {
        long begin = System.nanoTime();
        while (true) {
            try {
                assertThat(store.append(command()).join())
                        .isInstanceOfAny(AppendResult.Appended.class, AppendResult.Repeated.class);
                return;
            } catch (CompletionException away) {
                assertThat(away).hasCauseInstanceOf(StoreUnavailable.class);
                assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
            }
        }
    }
}
