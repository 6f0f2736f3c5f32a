package dev.vextrus.eventstore.postgres;

import static dev.vextrus.eventstore.contract.Samples.ACME;
import static dev.vextrus.eventstore.contract.Samples.GLOBEX;
import static dev.vextrus.eventstore.contract.Samples.INVOICE;
import static dev.vextrus.eventstore.contract.Samples.fresh;
import static dev.vextrus.eventstore.contract.Samples.numbered;
import static dev.vextrus.eventstore.contract.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.eventstore.ChainBreak;
import dev.vextrus.eventstore.ChainReport;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.kernel.TenantId;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tamperer past every right changes in the log is found by its hash chains. */
final class TamperingIT extends OnDatabase {
    private static final String PAST_PROTECTION = "SET session_replication_role = replica";
    private EventStore store;

    @BeforeEach
    void writeSixEventsOfTwoTenants() {
        store = database.store("1.0.0");
        store.append(fresh(ACME, INVOICE, 2)).join();
        store.append(fresh(GLOBEX, INVOICE, 2)).join();
        store.append(write(ACME, INVOICE, 2, numbered("third", "invoice"), numbered("fourth", "invoice")))
                .join();
        assertThat(store.verifyChains().ok()).isTrue();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_change_in_any_column_is_found_at_its_position() throws SQLException {
        for (String column : columns()) {
            String before = database.ask("SELECT " + column + "::text FROM eventlog.events WHERE position = 5");
            change(column, changed(column), 5);
            boolean moved = column.equals("position");

            ChainReport report = store.verifyChains();

            // The event after one that was moved away is the first that does not fit.
            assertThat(report.firstBroken()).as(column).hasValue(moved ? 6 : 5);
            assertThat(Objects.requireNonNull(report.broken()).kind())
                    .as(column)
                    .isEqualTo(moved ? ChainBreak.Kind.GAP : ChainBreak.Kind.HASH);
            change(column, before == null ? "NULL" : "'" + before + "'", moved ? 1005 : 5);
            assertThat(store.verifyChains().ok()).as(column + " put back").isTrue();
        }
    }

    @Test
    void any_flipped_bit_of_the_payload_is_found() throws SQLException {
        int bits = 8 * Integer.parseInt(database.ask("SELECT length(payload) FROM eventlog.events WHERE position = 1"));
        for (int bit = 0; bit < bits; bit += 13) {
            String flipped = "set_bit(payload, " + bit + ", 1 - get_bit(payload, " + bit + "))";
            change("payload", flipped, 1);
            assertThat(store.verifyChains().firstBroken()).as("bit %d", bit).hasValue(1);
            change("payload", flipped, 1);
        }
    }

    @Test
    void a_tail_verified_by_itself_shows_what_was_changed_in_it() throws SQLException {
        change("actor", "'mallory'", 5);

        assertThat(store.verifyChains(4).firstBroken()).hasValue(5);
        assertThat(store.verifyChains(5).ok()).isTrue();
    }

    @Test
    void an_event_taken_out_of_the_middle_is_found() throws SQLException {
        database.tamper(PAST_PROTECTION, "DELETE FROM eventlog.events WHERE position = 2");

        assertThat(store.verifyChains().broken()).isEqualTo(new ChainBreak(5, ACME, ChainBreak.Kind.GAP));
        assertThat(store.verifyChain(ACME).broken()).isEqualTo(new ChainBreak(5, ACME, ChainBreak.Kind.GAP));
    }

    @Test
    void a_cut_tail_is_found_by_the_chains_last_link() throws SQLException {
        database.tamper(PAST_PROTECTION, "DELETE FROM eventlog.events WHERE position >= 5");

        assertThat(store.verifyChains().broken()).isEqualTo(new ChainBreak(6, ACME, ChainBreak.Kind.TAIL));
    }

    @Test
    void one_tenants_broken_chain_says_nothing_of_anothers() throws SQLException {
        change("actor", "'mallory'", 5);
        TenantId whose = store.readLog(4, 1).getFirst().tenant();
        TenantId other = store.readLog(0, 10).stream()
                .map(RecordedEvent::tenant)
                .filter(tenant -> !tenant.equals(whose))
                .findFirst()
                .orElseThrow();

        assertThat(store.verifyChain(whose).broken()).isEqualTo(new ChainBreak(5, whose, ChainBreak.Kind.HASH));
        assertThat(store.verifyChain(other).ok()).isTrue();
    }

    private List<String> columns() throws SQLException {
        String names = database.ask("SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute"
                + " WHERE attrelid = 'eventlog.events'::regclass AND attnum > 0 AND NOT attisdropped");
        List<String> columns = Arrays.asList(names.split(","));
        assertThat(columns).hasSizeGreaterThan(15);
        return columns;
    }

    private String changed(String column) throws SQLException {
        String type = database.ask("SELECT pg_typeof(" + column + ") FROM eventlog.events LIMIT 1");
        return switch (type) {
            case "bigint" -> column.equals("position") ? "1005" : column + " + 1000";
            case "integer" -> column + " + 1";
            case "timestamp with time zone" -> column + " + interval '1 microsecond'";
            case "uuid" -> "'00000000-0000-0000-0000-000000000001'";
            case "text" -> column.equals("tenant") ? "'globex'" : column + " || 'x'";
            case "bytea" -> "set_bit(" + column + ", 3, 1 - get_bit(" + column + ", 3))";
            default -> throw new AssertionError("say how a column of type " + type + " is changed: " + column);
        };
    }

    private void change(String column, String value, long position) throws SQLException {
        database.tamper(
                PAST_PROTECTION,
                "UPDATE eventlog.events SET " + column + " = " + value + " WHERE position = " + position);
    }
}
