package dev.vextrus.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.TenantId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A link covers every column, and stays what it was when it was stored. */
class ChainHashTest {
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(1, 2);
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.000001Z");
    private static final Metadata BY_ALICE = new Metadata(Actor.of("alice"), ONE, null);

    @Test
    void an_event_that_differs_in_any_one_column_has_another_link() {
        Map<String, Payload> links = new LinkedHashMap<>();
        links.put("none", link(sample()));
        links.put("previous link", ChainHash.of(Payload.of(new byte[] {1}), sample().event()));
        differing().forEach((column, event) -> links.put(column, link(event)));

        Set<Payload> distinct = new LinkedHashSet<>();
        links.forEach((column, link) ->
                assertThat(distinct.add(link)).as("differs in: %s", column).isTrue());
    }

    @Test
    void neighbouring_texts_cannot_pass_for_each_other() {
        Sample left = sample();
        left.tenant = TenantId.of("acme");
        left.stream = StreamId.of("invoice", "1");
        Sample right = sample();
        right.tenant = TenantId.of("acmei");
        right.stream = StreamId.of("nvoice", "1");

        assertThat(link(left)).isNotEqualTo(link(right));
    }

    /** The digest was computed by another program, from what the Javadoc and the code say of the encoding. */
    @Test
    void a_stored_link_is_computed_the_same_for_ever() {
        assertThat(HexFormat.of().formatHex(link(sample()).toBytes()))
                .isEqualTo("7a3f54532ba78a9aac46cd6947bc4eb6364317076208da2896d5922eebe4608a");
    }

    private static Map<String, Sample> differing() {
        Map<String, Sample> others = new LinkedHashMap<>();
        other(others, "position").position = 8;
        other(others, "tenant").tenant = TenantId.of("globex");
        other(others, "stream").stream = StreamId.of("invoice", "2");
        other(others, "version").version = 4;
        other(others, "id").id = TWO;
        other(others, "type").type = "InvoiceVoided";
        other(others, "schema version").schemaVersion = 2;
        other(others, "payload").payload = Payload.ofUtf8("{}");
        Sample numbered = other(others, "series and number");
        numbered.series = "invoices";
        numbered.number = OptionalLong.of(1);
        Sample nextNumber = other(others, "number");
        nextNumber.series = "invoices";
        nextNumber.number = OptionalLong.of(2);
        Sample otherSeries = other(others, "series");
        otherSeries.series = "credits";
        otherSeries.number = OptionalLong.of(1);
        other(others, "actor").metadata = new Metadata(Actor.of("mallory"), ONE, null);
        other(others, "correlation").metadata = new Metadata(Actor.of("alice"), TWO, null);
        other(others, "causation").metadata = new Metadata(Actor.of("alice"), ONE, ONE);
        other(others, "other causation").metadata = new Metadata(Actor.of("alice"), ONE, TWO);
        other(others, "causation of zeros").metadata = new Metadata(Actor.of("alice"), ONE, new UUID(0, 0));
        other(others, "release").release = "1.1.0";
        other(others, "recorded at").recordedAt = NOW.plusNanos(1_000);
        return others;
    }

    private static Sample other(Map<String, Sample> others, String column) {
        Sample sample = sample();
        others.put(column, sample);
        return sample;
    }

    private static Payload link(Sample sample) {
        return ChainHash.of(ChainHash.GENESIS, sample.event());
    }

    private static Sample sample() {
        return new Sample();
    }

    /** An event in which one thing at a time can be changed. */
    private static final class Sample {
        long position = 7;
        TenantId tenant = TenantId.of("acme");
        StreamId stream = StreamId.of("invoice", "1");
        long version = 3;
        UUID id = ONE;
        String type = "InvoiceApproved";
        int schemaVersion = 1;
        Payload payload = Payload.ofUtf8("{\"amount\":1}");

        @Nullable
        String series;

        OptionalLong number = OptionalLong.empty();
        Metadata metadata = BY_ALICE;
        String release = "1.0.0";
        Instant recordedAt = NOW;

        RecordedEvent event() {
            return new RecordedEvent(
                    position,
                    tenant,
                    stream,
                    version,
                    id,
                    type,
                    schemaVersion,
                    payload,
                    series,
                    number,
                    metadata,
                    release,
                    recordedAt);
        }
    }
}
