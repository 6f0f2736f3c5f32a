package dev.vextrus.finance.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.eventstore.Payload;
import dev.vextrus.finance.account.AccountEvent;
import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.invoice.InvoiceEvent;
import dev.vextrus.finance.journal.JournalEvent;
import dev.vextrus.finance.payment.PaymentEvent;
import dev.vextrus.finance.period.PeriodClosed;
import dev.vextrus.finance.period.PeriodEvent;
import dev.vextrus.finance.tenant.TenantEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The approved form of every stored event version, under {@code approved-events}. Stored bytes are for ever: a test that
 * fails here says that a payload changed, which takes a new schema version and an upcaster, never an edited file.
 */
class StoredEventsTest {
    private final EventCodec codec = new JsonEventCodec();

    @TestFactory
    Stream<DynamicTest> each_event_is_stored_as_it_was_approved_and_read_back_equal() {
        return SampleEvents.all().stream()
                .map(event -> DynamicTest.dynamicTest(event.getClass().getSimpleName(), () -> {
                    EventCodec.Encoded stored = codec.encode(event);
                    assertThat(stored.payload().toUtf8()).isEqualTo(approved(stored.version()));
                    assertThat(codec.decode(
                                    stored.version().type(), stored.version().version(), stored.payload()))
                            .isEqualTo(event);
                }));
    }

    @Test
    void every_event_type_has_a_sample_and_a_stored_name() {
        Set<Class<?>> sampled =
                SampleEvents.all().stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(sampled)
                .containsAll(Stream.of(
                                TenantEvent.class,
                                AccountEvent.class,
                                PeriodEvent.class,
                                JournalEvent.class,
                                InvoiceEvent.class,
                                PaymentEvent.class)
                        .flatMap(root -> Arrays.stream(Objects.requireNonNull(root.getPermittedSubclasses())))
                        .toList());
        assertThat(sampled)
                .isEqualTo(EventType.ALL.stream().map(EventType::record).collect(Collectors.toSet()));
    }

    @Test
    void a_type_of_another_release_cannot_be_read_here() {
        assertThatThrownBy(() -> codec.decode("AccountPainted", 1, Payload.ofUtf8("{}")))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("AccountPainted@1");
        assertThatThrownBy(() -> codec.decode("PeriodClosed", 2, Payload.ofUtf8("{\"period\":\"2026-03\"}")))
                .isInstanceOf(UnreadableEvent.class);
    }

    @Test
    void a_missing_or_an_unknown_field_cannot_be_read() {
        for (String payload :
                List.of("{}", "{\"period\":\"2026-03\",\"colour\":\"red\"}", "[]", "{\"period\":\"x\"}")) {
            assertThatThrownBy(() -> codec.decode("PeriodClosed", 1, Payload.ofUtf8(payload)))
                    .as(payload)
                    .isInstanceOf(UnreadableEvent.class);
        }
    }

    @Test
    void an_old_version_is_brought_up_in_memory_step_by_step() {
        EventType third = new EventType(new EventVersion("PeriodClosed", 3), PeriodClosed.class);
        EventCodec later = new JsonEventCodec(
                List.of(third),
                List.of(
                        new Upcaster("PeriodClosed", 1, old -> {
                            old.set("month", Objects.requireNonNull(old.remove("closed")));
                            return old;
                        }),
                        new Upcaster("PeriodClosed", 2, old -> {
                            old.set("period", Objects.requireNonNull(old.remove("month")));
                            return old;
                        })));
        FinanceEvent closed = new PeriodClosed(YearMonth.of(2026, 3));
        assertThat(later.decode("PeriodClosed", 1, Payload.ofUtf8("{\"closed\":\"2026-03\"}")))
                .isEqualTo(closed);
        assertThat(later.decode("PeriodClosed", 2, Payload.ofUtf8("{\"month\":\"2026-03\"}")))
                .isEqualTo(closed);
        assertThat(later.reads()).map(EventVersion::version).containsExactly(1, 2, 3);
        assertThat(later.writes()).map(EventVersion::version).containsExactly(3);
    }

    private static String approved(EventVersion version) throws IOException {
        String file = "/approved-events/" + version + ".json";
        try (InputStream in = StoredEventsTest.class.getResourceAsStream(file)) {
            assertThat(in).as("approved form " + file).isNotNull();
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
