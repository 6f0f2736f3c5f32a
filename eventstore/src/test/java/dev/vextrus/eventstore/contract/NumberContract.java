package dev.vextrus.eventstore.contract;

import static dev.vextrus.eventstore.contract.Samples.ACME;
import static dev.vextrus.eventstore.contract.Samples.GLOBEX;
import static dev.vextrus.eventstore.contract.Samples.INVOICE;
import static dev.vextrus.eventstore.contract.Samples.numbered;
import static dev.vextrus.eventstore.contract.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Numbers of gapless series. */
public interface NumberContract extends StoreUnderTest {

    @Test
    default void numbers_of_a_series_count_from_one_in_the_order_of_the_log() {
        var first = (AppendResult.Appended)
                append(write(ACME, INVOICE, 0, numbered("a", "invoice"), Samples.event("b"), numbered("c", "invoice")));

        assertThat(first.numbers()).containsExactly(1L, 2L);
        assertThat(store().readStream(ACME, INVOICE, 0, 10))
                .extracting(event -> event.number().orElse(-1))
                .containsExactly(1L, -1L, 2L);
        assertThat(store().readStream(ACME, INVOICE, 0, 10))
                .extracting(RecordedEvent::series)
                .containsExactly("invoice", null, "invoice");
    }

    @Test
    default void each_tenant_and_each_series_counts_by_itself() {
        append(write(ACME, INVOICE, 0, numbered("a", "invoice")));

        assertThat(append(write(GLOBEX, INVOICE, 0, numbered("b", "invoice"))))
                .isEqualTo(new AppendResult.Appended(2, 2, List.of(1L)));
        assertThat(append(write(ACME, INVOICE, 1, numbered("c", "credit-note"))))
                .isEqualTo(new AppendResult.Appended(3, 3, List.of(1L)));
        assertThat(append(write(ACME, INVOICE, 2, numbered("d", "invoice"))))
                .isEqualTo(new AppendResult.Appended(4, 4, List.of(2L)));
    }

    @Test
    default void conflicts_and_rejections_leave_no_gap() {
        List<CompletableFuture<AppendResult>> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            StreamId stream = StreamId.of("invoice", Integer.toString(i));
            sent.add(store().append(
                            switch (i % 3) {
                                case 0 -> write(ACME, stream, 0, numbered("n" + i, "invoice"));
                                case 1 -> write(ACME, stream, 9, numbered("n" + i, "invoice"));
                                default ->
                                    write(
                                            ACME,
                                            stream,
                                            0,
                                            new NewEvent(
                                                    Samples.id("n" + i), "B\0d", 1, Payload.ofUtf8(""), "invoice"));
                            }));
        }

        List<Long> drawn = sent.stream()
                .map(CompletableFuture::join)
                .filter(AppendResult.Appended.class::isInstance)
                .map(outcome -> ((AppendResult.Appended) outcome).numbers().getFirst())
                .sorted()
                .toList();
        assertThat(drawn).isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
    }
}
