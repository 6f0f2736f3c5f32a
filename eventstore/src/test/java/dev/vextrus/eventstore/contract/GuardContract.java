package dev.vextrus.eventstore.contract;

import static dev.vextrus.eventstore.contract.Samples.ACME;
import static dev.vextrus.eventstore.contract.Samples.GLOBEX;
import static dev.vextrus.eventstore.contract.Samples.INVOICE;
import static dev.vextrus.eventstore.contract.Samples.PERIOD;
import static dev.vextrus.eventstore.contract.Samples.event;
import static dev.vextrus.eventstore.contract.Samples.fresh;
import static dev.vextrus.eventstore.contract.Samples.request;
import static dev.vextrus.eventstore.contract.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamVersion;
import dev.vextrus.eventstore.StreamWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Guards: versions of other streams that must still hold. */
public interface GuardContract extends StoreUnderTest {

    @Test
    default void a_guard_that_holds_lets_the_append_through() {
        append(fresh(ACME, PERIOD, 1));

        assertThat(append(guarded(INVOICE, 1))).isInstanceOf(AppendResult.Appended.class);
    }

    @Test
    default void a_guard_that_moved_writes_nothing() {
        append(fresh(ACME, PERIOD, 2));

        assertThat(append(guarded(INVOICE, 1))).isEqualTo(new AppendResult.GuardConflict(PERIOD, 1, 2));
        assertThat(store().readStream(ACME, INVOICE, 0, 10)).isEmpty();
    }

    @Test
    default void a_guard_looks_at_its_own_tenant_only() {
        append(fresh(GLOBEX, PERIOD, 1));

        assertThat(append(guarded(INVOICE, 0))).isInstanceOf(AppendResult.Appended.class);
    }

    @Test
    default void nothing_slips_in_behind_a_close_sent_at_the_same_time() {
        append(fresh(ACME, PERIOD, 1));
        List<CompletableFuture<AppendResult>> postings = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            postings.add(store().append(guarded(StreamId.of("entry", "before-" + i), 1)));
        }
        CompletableFuture<AppendResult> close = store().append(write(ACME, PERIOD, 1, event("closed")));
        for (int i = 0; i < 50; i++) {
            postings.add(store().append(guarded(StreamId.of("entry", "after-" + i), 1)));
        }

        long closedAt = ((AppendResult.Appended) close.join()).firstPosition();
        assertThat(postings.stream().map(CompletableFuture::join)).allSatisfy(outcome -> {
            if (outcome instanceof AppendResult.Appended posted) {
                assertThat(posted.lastPosition()).isLessThan(closedAt);
            } else {
                assertThat(outcome).isEqualTo(new AppendResult.GuardConflict(PERIOD, 1, 2));
            }
        });
        assertThat(append(guarded(StreamId.of("entry", "much-later"), 1)))
                .isEqualTo(new AppendResult.GuardConflict(PERIOD, 1, 2));
    }

    private static AppendRequest guarded(StreamId stream, long periodVersion) {
        return request(
                ACME,
                List.of(new StreamWrite(stream, 0, List.of(event(stream.value())))),
                List.of(new StreamVersion(PERIOD, periodVersion)),
                null);
    }
}
