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
import dev.vextrus.eventstore.ChainReport;
import dev.vextrus.eventstore.Metadata;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Appending and expected versions. */
public interface AppendContract extends StoreUnderTest {

    @Test
    default void an_event_is_read_back_as_it_was_written() {
        var metadata = new Metadata(Actor.of("bob"), Samples.id("request"), null);
        var event = new NewEvent(Samples.id("one"), "InvoiceApproved", 3, Payload.of(new byte[] {0, -1, 7}), null);
        append(new AppendRequest(
                ACME, List.of(new StreamWrite(INVOICE, 0, List.of(event))), List.of(), metadata, null));

        RecordedEvent read =
                store().readStream(ACME, INVOICE, 0, Long.MAX_VALUE).getFirst();

        assertThat(read.id()).isEqualTo(event.id());
        assertThat(read.type()).isEqualTo("InvoiceApproved");
        assertThat(read.schemaVersion()).isEqualTo(3);
        assertThat(read.payload()).isEqualTo(event.payload());
        assertThat(read.metadata()).isEqualTo(metadata);
        assertThat(read.tenant()).isEqualTo(ACME);
        assertThat(read.stream()).isEqualTo(INVOICE);
        assertThat(read.version()).isEqualTo(1);
        assertThat(read.number()).isEmpty();
        assertThat(read.release()).isEqualTo(release());
        assertThat(store().readLog(0, 10)).containsExactly(read);
    }

    @Test
    default void the_outcome_names_the_positions_of_the_events() {
        append(fresh(ACME, PERIOD, 1));
        var appended = (AppendResult.Appended) append(fresh(ACME, INVOICE, 3));

        List<RecordedEvent> events = store().readStream(ACME, INVOICE, 0, Long.MAX_VALUE);
        assertThat(events).hasSize(3);
        assertThat(appended.firstPosition()).isEqualTo(events.getFirst().position());
        assertThat(appended.lastPosition()).isEqualTo(events.getLast().position());
        assertThat(store().head()).isEqualTo(appended.lastPosition());
    }

    @Test
    default void versions_of_a_stream_are_contiguous_from_one() {
        append(fresh(ACME, INVOICE, 2));
        append(write(ACME, INVOICE, 2, event("c"), event("d")));

        assertThat(store().readStream(ACME, INVOICE, 0, Long.MAX_VALUE))
                .extracting(RecordedEvent::version)
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    default void an_append_at_a_version_that_is_gone_writes_nothing() {
        append(fresh(ACME, INVOICE, 2));

        assertThat(append(write(ACME, INVOICE, 1, event("late"))))
                .isEqualTo(new AppendResult.VersionConflict(INVOICE, 1, 2));
        assertThat(store().head()).isEqualTo(2);
        assertThat(store().readLog(0, 10)).hasSize(2);
    }

    @Test
    default void an_append_at_a_version_not_yet_reached_writes_nothing() {
        append(fresh(ACME, INVOICE, 2));

        assertThat(append(write(ACME, INVOICE, 5, event("early"))))
                .isEqualTo(new AppendResult.VersionConflict(INVOICE, 5, 2));
        assertThat(append(write(ACME, PERIOD, 1, event("of a stream that is not there"))))
                .isEqualTo(new AppendResult.VersionConflict(PERIOD, 1, 0));
        assertThat(store().readLog(0, 10)).hasSize(2);
    }

    @Test
    default void an_append_to_several_streams_is_carried_out_wholly_or_not_at_all() {
        append(fresh(ACME, INVOICE, 1));

        AppendResult outcome = append(request(
                ACME,
                List.of(
                        new StreamWrite(PERIOD, 0, List.of(event("good"))),
                        new StreamWrite(INVOICE, 0, List.of(event("bad")))),
                List.of(),
                null));

        assertThat(outcome).isEqualTo(new AppendResult.VersionConflict(INVOICE, 0, 1));
        assertThat(store().readStream(ACME, PERIOD, 0, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    default void streams_of_two_tenants_never_meet() {
        append(fresh(ACME, INVOICE, 2));

        assertThat(append(fresh(GLOBEX, INVOICE, 1))).isInstanceOf(AppendResult.Appended.class);
        assertThat(store().readStream(GLOBEX, INVOICE, 0, Long.MAX_VALUE)).hasSize(1);
        assertThat(store().readLog(GLOBEX, 0, 10))
                .extracting(RecordedEvent::tenant)
                .containsExactly(GLOBEX);
    }

    @Test
    default void of_a_hundred_appends_at_one_version_one_wins() {
        append(fresh(ACME, INVOICE, 1));

        List<CompletableFuture<AppendResult>> racing = IntStream.range(0, 100)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> append(write(ACME, INVOICE, 1, event("r" + i)))))
                .toList();

        assertThat(racing.stream().map(CompletableFuture::join))
                .filteredOn(AppendResult.Appended.class::isInstance)
                .hasSize(1);
        assertThat(store().readStream(ACME, INVOICE, 0, Long.MAX_VALUE)).hasSize(2);
    }

    @Test
    default void requests_sent_without_waiting_all_get_their_own_outcome_in_one_order() {
        List<CompletableFuture<AppendResult>> sent = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            sent.add(store().append(fresh(ACME, StreamId.of("entry", Integer.toString(i)), 1)));
        }

        List<Long> positions = sent.stream()
                .map(CompletableFuture::join)
                .map(outcome -> ((AppendResult.Appended) outcome).firstPosition())
                .sorted()
                .toList();
        assertThat(positions).isEqualTo(LongStream.rangeClosed(1, 500).boxed().toList());
        assertThat(store().verifyChains().ok()).isTrue();
    }

    @Test
    default void a_text_that_cannot_be_stored_is_rejected_and_its_neighbours_are_not() {
        var bad = new NewEvent(Samples.id("bad"), "No\0ted", 1, Payload.ofUtf8("x"), null);
        List<CompletableFuture<AppendResult>> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            StreamId stream = StreamId.of("entry", Integer.toString(i));
            sent.add(store().append(i == 7 ? write(ACME, stream, 0, bad) : fresh(ACME, stream, 1)));
        }

        List<AppendResult> outcomes = sent.stream().map(CompletableFuture::join).toList();

        assertThat(outcomes.get(7)).isInstanceOf(AppendResult.Rejected.class);
        assertThat(outcomes).filteredOn(AppendResult.Appended.class::isInstance).hasSize(19);
        assertThat(store().readLog(0, 100)).hasSize(19);
    }

    @Test
    default void every_chain_verifies() {
        append(fresh(ACME, INVOICE, 3));
        append(fresh(GLOBEX, INVOICE, 2));
        append(write(ACME, INVOICE, 3, Samples.numbered("n", "invoices")));

        assertThat(store().verifyChains()).isEqualTo(new ChainReport(6, 6, null));
    }

    @Test
    default void one_tenants_chain_verifies_by_itself() {
        append(fresh(ACME, INVOICE, 3));
        append(fresh(GLOBEX, INVOICE, 2));

        assertThat(store().verifyChain(GLOBEX)).isEqualTo(new ChainReport(5, 2, null));
        assertThat(store().verifyChain(TenantId.of("nobody")).events()).isZero();
        assertThat(store().verifyChain(TenantId.of("nobody")).ok()).isTrue();
    }

    @Test
    default void the_tail_of_the_chains_verifies_by_itself() {
        append(fresh(ACME, INVOICE, 3));
        append(fresh(GLOBEX, INVOICE, 2));

        assertThat(store().verifyChains(2)).isEqualTo(new ChainReport(5, 3, null));
        assertThat(store().verifyChains(5)).isEqualTo(new ChainReport(5, 0, null));
    }
}
