package dev.vextrus.eventstore.contract;

import static dev.vextrus.eventstore.contract.Samples.ACME;
import static dev.vextrus.eventstore.contract.Samples.GLOBEX;
import static dev.vextrus.eventstore.contract.Samples.INVOICE;
import static dev.vextrus.eventstore.contract.Samples.PERIOD;
import static dev.vextrus.eventstore.contract.Samples.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.Snapshot;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamPoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reading streams, the log and snapshots. */
public interface ReadContract extends StoreUnderTest {

    @Test
    default void a_stream_is_read_between_two_versions() {
        append(fresh(ACME, INVOICE, 5));

        assertThat(store().readStream(ACME, INVOICE, 1, 3))
                .extracting(RecordedEvent::version)
                .containsExactly(2L, 3L);
        assertThat(store().readStream(ACME, INVOICE, 5, 10)).isEmpty();
        assertThat(store().readStream(ACME, StreamId.of("invoice", "none"), 0, 10))
                .isEmpty();
    }

    @Test
    default void the_log_is_read_in_pages_in_the_order_of_positions() {
        append(fresh(ACME, INVOICE, 2));
        append(fresh(GLOBEX, INVOICE, 2));
        append(fresh(ACME, PERIOD, 1));

        assertThat(store().readLog(0, 3)).extracting(RecordedEvent::position).containsExactly(1L, 2L, 3L);
        assertThat(store().readLog(3, 3)).extracting(RecordedEvent::position).containsExactly(4L, 5L);
        assertThat(store().readLog(5, 3)).isEmpty();
        assertThat(store().readLog(ACME, 1, 10))
                .extracting(RecordedEvent::position)
                .containsExactly(2L, 5L);
    }

    @Test
    default void events_are_found_by_their_streams_versions_of_all_tenants_at_once() {
        append(fresh(ACME, INVOICE, 2));
        append(fresh(GLOBEX, INVOICE, 3));
        var acmes = new StreamPoint(ACME, INVOICE, 2);
        var globexs = new StreamPoint(GLOBEX, INVOICE, 1);

        assertThat(store().positions(List.of(
                        acmes,
                        globexs,
                        new StreamPoint(ACME, INVOICE, 3),
                        new StreamPoint(ACME, INVOICE, 0),
                        new StreamPoint(ACME, PERIOD, 1))))
                .isEqualTo(Map.of(acmes, List.of(2L), globexs, List.of(3L)));
        assertThat(store().positions(List.of())).isEmpty();
    }

    @Test
    default void the_head_of_an_empty_log_is_zero() {
        assertThat(store().head()).isZero();
        assertThat(store().readLog(0, 10)).isEmpty();
        assertThat(store().verifyChains().ok()).isTrue();
    }

    @Test
    default void the_newest_snapshot_at_or_below_a_version_is_found() {
        save(10, "fold-1", "ten");
        save(20, "fold-1", "twenty");

        assertThat(store().loadSnapshot(ACME, INVOICE, "fold-1", 19))
                .map(Snapshot::version)
                .contains(10L);
        assertThat(store().loadSnapshot(ACME, INVOICE, "fold-1", 20))
                .contains(new Snapshot(ACME, INVOICE, 20, "fold-1", Payload.ofUtf8("twenty")));
        assertThat(store().loadSnapshot(ACME, INVOICE, "fold-1", 9)).isEmpty();
    }

    @Test
    default void a_snapshot_of_another_fold_or_tenant_is_never_seen() {
        save(10, "fold-1", "ten");

        assertThat(store().loadSnapshot(ACME, INVOICE, "fold-2", 100)).isEmpty();
        assertThat(store().loadSnapshot(GLOBEX, INVOICE, "fold-1", 100)).isEmpty();
        assertThat(store().loadSnapshot(ACME, PERIOD, "fold-1", 100)).isEmpty();
    }

    @Test
    default void a_snapshot_saved_again_replaces_the_first() {
        save(10, "fold-1", "ten");
        save(10, "fold-1", "ten again");

        assertThat(store().loadSnapshot(ACME, INVOICE, "fold-1", 10))
                .map(snapshot -> snapshot.state().toUtf8())
                .contains("ten again");
    }

    private void save(long version, String fold, String state) {
        store().saveSnapshot(new Snapshot(ACME, INVOICE, version, fold, Payload.ofUtf8(state)));
    }
}
