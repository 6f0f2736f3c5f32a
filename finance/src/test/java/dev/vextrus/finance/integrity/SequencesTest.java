package dev.vextrus.finance.integrity;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.eventstore.Metadata;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamPoint;
import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequencesTest {
    private static final TenantId ACME = TenantId.of("acme");
    private static final UUID ID = new UUID(0, 1);

    private final Tally gaps = new Tally("no-gaps");
    private final List<RecordedEvent> log = new ArrayList<>();
    private int questions;
    /** Events. */
    private int asked;

    private boolean away;

    @ParameterizedTest(name = "with {0} streams remembered")
    @ValueSource(ints = {0, 1, 2, 100})
    void streams_that_grow_one_by_one_are_sound_however_few_are_remembered(int kept) {
        written("a1 b1 a2 c1 c2 a3 b2 d1 a4 a5 c3 b3");
        for (int batch : new int[] {1, 2, 3, 100}) {
            assertThat(violations(kept, batch)).as("in batches of %d", batch).isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "a1 b1 c1 a3",
                "a1 a2 a4",
                "a2 b1",
                "a1 b1 c1 a1",
                "a1 a2 b1 c1 a2",
                "a1 a1",
                "a1 b1 c1 a3 b2 c2 a2"
            })
    void a_version_that_is_missing_double_or_out_of_turn_is_found_however_few_streams_are_remembered(String versions) {
        written(versions);
        for (int kept : new int[] {0, 1, 100}) {
            for (int batch : new int[] {1, 2, 100}) {
                assertThat(violations(kept, batch))
                        .as("%d remembered, in batches of %d", kept, batch)
                        .isPositive();
            }
        }
    }

    @Test
    void the_log_is_asked_about_streams_that_are_not_remembered_and_hardly_ever_about_new_ones() {
        for (int stream = 0; stream < 200_000; stream++) {
            log.add(event(log.size() + 1, "entry-" + stream, 1, null, 0));
        }
        Sequences sequences = new Sequences(gaps, this::places);
        inBatchesOf(5_000, sequences::apply);

        assertThat(gaps.toCheck().violations()).isZero();
        assertThat(asked).isLessThan(200);
    }

    @Test
    void streams_that_come_back_together_are_asked_about_in_one_question() {
        for (long version = 1; version <= 2; version++) {
            for (int stream = 0; stream < 1_000; stream++) {
                log.add(event(log.size() + 1, "entry-" + stream, version, null, 0));
            }
        }
        Sequences sequences = new Sequences(gaps, this::places, 0);
        inBatchesOf(1_000, sequences::apply);

        assertThat(gaps.toCheck().violations()).isZero();
        assertThat(questions).isOne();
        assertThat(asked).isEqualTo(1_000);
    }

    @Test
    void where_the_log_cannot_be_asked_the_batch_may_be_tried_again() {
        written("a1 b1 a2 b2 b3");
        Sequences sequences = new Sequences(gaps, this::places, 0);
        sequences.apply(log.subList(0, 2));
        away = true;
        assertThatThrownBy(() -> sequences.apply(log.subList(2, 5))).isInstanceOf(StoreUnavailable.class);
        away = false;
        sequences.apply(log.subList(2, 5));
        assertThat(gaps.toCheck()).isEqualTo(new IntegrityReport.Check("no-gaps", 5, 0, List.of()));
    }

    @Test
    void a_number_that_is_left_out_is_found() {
        log.add(event(1, "a", 1, "invoice", 1));
        log.add(event(2, "b", 1, "invoice", 2));
        assertThat(violations(9, 2)).isZero();
        log.add(event(3, "c", 1, "invoice", 4));
        assertThat(violations(9, 2)).isOne();
    }

    /** Streams of one letter, each with its version. */
    private void written(String versions) {
        for (String one : versions.split(" ", -1)) {
            log.add(event(log.size() + 1, one.substring(0, 1), Long.parseLong(one.substring(1)), null, 0));
        }
    }

    private long violations(int kept, int batch) {
        Tally tally = new Tally("no-gaps");
        Sequences sequences = new Sequences(tally, this::places, kept);
        inBatchesOf(batch, sequences::apply);
        return tally.toCheck().violations();
    }

    private void inBatchesOf(int size, Consumer<List<RecordedEvent>> consumer) {
        for (int from = 0; from < log.size(); from += size) {
            consumer.accept(log.subList(from, Math.min(log.size(), from + size)));
        }
    }

    private Map<StreamPoint, List<Long>> places(Collection<StreamPoint> points) {
        if (away) {
            throw new StoreUnavailable("away, on purpose");
        }
        questions++;
        asked += points.size() / 2;
        Set<StreamPoint> wanted = Set.copyOf(points);
        return log.stream()
                .filter(event -> wanted.contains(point(event)))
                .collect(groupingBy(SequencesTest::point, mapping(RecordedEvent::position, toList())));
    }

    private static StreamPoint point(RecordedEvent event) {
        return new StreamPoint(event.tenant(), event.stream(), event.version());
    }

    private static RecordedEvent event(
            long position, String stream, long version, @Nullable String series, long number) {
        return new RecordedEvent(
                position,
                ACME,
                StreamId.of("stream", stream),
                version,
                ID,
                "Noted",
                1,
                Payload.ofUtf8("{}"),
                series,
                series == null ? OptionalLong.empty() : OptionalLong.of(number),
                new Metadata(Actor.of("alice"), ID, ID),
                "1.0.0",
                Instant.EPOCH);
    }
}
