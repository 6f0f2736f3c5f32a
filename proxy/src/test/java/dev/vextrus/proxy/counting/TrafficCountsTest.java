package dev.vextrus.proxy.counting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrafficCountsTest {
    private static final Track GREEN = new Track("green", "1.1.0");
    private final AtomicLong clock = new AtomicLong(1_000_000);
    private TrafficCounts counts = new TrafficCounts(clock::get, CountingLimits.standard());

    private void request(String tenant, @Nullable String key, Ending ending) {
        request(tenant, "Post", key, ending, false);
    }

    private void request(String tenant, String operation, @Nullable String id, Ending ending, boolean slow) {
        requestOf(tenant, operation, id == null ? null : new RequestKey(id, false), ending, slow);
    }

    private void requestOf(String tenant, String operation, @Nullable RequestKey key, Ending ending, boolean slow) {
        boolean begun = counts.started(GREEN, tenant, operation, false, key);
        counts.ended(
                new Completed(GREEN, begun, tenant, tenant, operation, false, key, ending, 200, 5_000, slow, false));
    }

    private List<Sample> closed() {
        clock.addAndGet(1_000);
        return counts.samples(0, 100_000).samples();
    }

    @Test
    void a_window_is_told_only_when_its_second_is_over() {
        request("acme", null, Ending.ANSWERED);
        assertThat(counts.samples(0, 10).samples()).isEmpty();
        assertThat(counts.samples(0, 10).through()).isEqualTo(999);
        assertThat(closed()).singleElement().satisfies(sample -> {
            assertThat(sample.second()).isEqualTo(1_000);
            assertThat(sample.requests()).isEqualTo(1);
            assertThat(sample.latency()).containsExactly(List.of(5L, 1L));
        });
        assertThat(counts.samples(0, 10).through()).isEqualTo(1_000);
    }

    @Test
    void retries_of_a_key_are_one_request_and_one_fault_even_in_later_seconds() {
        for (int retry = 0; retry < 5; retry++) {
            request("acme", "order-1", Ending.FAULT);
            clock.addAndGet(1_000);
        }
        request("acme", "order-1", Ending.ANSWERED);
        List<Sample> samples = closed();
        assertThat(samples.stream().mapToInt(Sample::attempts).sum()).isEqualTo(6);
        assertThat(samples.stream().mapToInt(Sample::requests).sum()).isEqualTo(1);
        assertThat(samples.stream().mapToInt(Sample::faults).sum()).isEqualTo(1);
        assertThat(counts.totals().get(GREEN)).satisfies(totals -> {
            assertThat(totals.faults()).isEqualTo(5);
            assertThat(totals.harmedKeys()).isEqualTo(1);
        });
    }

    @Test
    void what_was_sent_is_told_in_its_second_however_late_it_is_answered() {
        request("acme", null, Ending.ANSWERED);
        clock.addAndGet(1_000);
        RequestKey order = new RequestKey("order-1", true);
        boolean begun = counts.started(GREEN, "acme", "Post", false, order);
        counts.started(GREEN, "acme", "Post", false, order);

        assertThat(closed().getLast()).satisfies(sample -> {
            assertThat(sample.second()).isEqualTo(1_001);
            assertThat(sample.begun())
                    .as("a key that is sent twice is one request")
                    .isEqualTo(1);
            assertThat(sample.attempts()).isZero();
        });
        counts.ended(new Completed(
                GREEN, begun, "acme", "acme", "Post", false, order, Ending.ANSWERED, 200, 900_000, true, false));
        assertThat(closed().getLast()).satisfies(sample -> {
            assertThat(sample.second()).isEqualTo(1_002);
            assertThat(sample.begun()).isZero();
            assertThat(sample.requests()).isEqualTo(1);
        });
    }

    @Test
    void what_a_tenant_sent_that_nobody_knew_is_told_under_its_name_when_it_has_ended() {
        boolean begun = counts.started(GREEN, "acme", "Post", false, null);
        assertThat(closed()).isEmpty();

        counts.ended(new Completed(
                GREEN, begun, "acme", "acme", "Post", false, null, Ending.ANSWERED, 200, 5_000, false, false));

        assertThat(closed()).singleElement().satisfies(sample -> {
            assertThat(sample.tenant()).isEqualTo("acme");
            assertThat(sample.begun()).isEqualTo(1);
        });
    }

    @Test
    void client_errors_are_counted_apart_from_faults_and_once_for_all_retries() {
        request("acme", "order-1", Ending.CLIENT_ERROR);
        request("acme", "order-1", Ending.CLIENT_ERROR);
        request("acme", "order-2", Ending.CLIENT_ERROR);
        request("acme", "order-3", Ending.ANSWERED);
        assertThat(closed()).singleElement().satisfies(sample -> {
            assertThat(sample.faults()).isZero();
            assertThat(sample.asked()).isEqualTo(3);
            assertThat(sample.clientErrors()).isEqualTo(2);
        });
    }

    private void refusedToken(String claimed) {
        boolean begun = counts.started(GREEN, claimed, "Post", false, null);
        counts.ended(new Completed(
                GREEN, begun, null, claimed, "Post", false, null, Ending.CLIENT_ERROR, 401, 5_000, false, false));
    }

    @Test
    void a_refused_token_is_a_client_error_of_the_known_tenant_it_names_and_traffic_of_nobody() {
        request("acme", null, Ending.ANSWERED);
        refusedToken("acme");
        List<Sample> samples = closed();
        assertThat(samples)
                .filteredOn(s -> s.tenant().equals("acme"))
                .singleElement()
                .satisfies(sample -> {
                    assertThat(sample.requests()).isEqualTo(1);
                    assertThat(sample.asked()).isEqualTo(2);
                    assertThat(sample.clientErrors()).isEqualTo(1);
                });
        assertThat(samples)
                .filteredOn(s -> s.tenant().isEmpty())
                .singleElement()
                .satisfies(sample -> {
                    assertThat(sample.requests()).isEqualTo(1);
                    assertThat(sample.asked()).isZero();
                });
        assertThat(counts.traffic(24)).containsEntry("acme", new TenantFigures(1, 0, 0));
    }

    @Test
    void refused_tokens_make_no_tenant_known_and_take_up_no_name() {
        counts = new TrafficCounts(clock::get, new CountingLimits(2, 900, 1_000, 10, 3, 60, 100, 10));
        for (int i = 0; i < 100; i++) {
            refusedToken("invented-" + i);
        }
        assertThat(closed()).singleElement().satisfies(sample -> {
            assertThat(sample.tenant()).isEmpty();
            assertThat(sample.asked()).isEqualTo(100);
            assertThat(sample.clientErrors()).isEqualTo(100);
        });
        request("acme", null, Ending.ANSWERED);
        assertThat(closed()).anyMatch(sample -> sample.tenant().equals("acme") && sample.asked() == 1);
    }

    @Test
    void a_believed_tenant_beyond_the_bound_asks_under_the_name_of_the_others() {
        counts = new TrafficCounts(clock::get, new CountingLimits(2, 900, 1_000, 1, 3, 60, 100, 10));
        request("acme", null, Ending.ANSWERED);
        request("globex", null, Ending.CLIENT_ERROR);
        assertThat(closed())
                .filteredOn(s -> s.tenant().equals(Names.OTHER))
                .singleElement()
                .satisfies(sample -> {
                    assertThat(sample.asked()).isEqualTo(1);
                    assertThat(sample.clientErrors()).isEqualTo(1);
                });
    }

    @Test
    void a_client_that_sends_one_id_with_everything_hides_no_failures() {
        for (int i = 0; i < 100; i++) {
            request("acme", "the-app", Ending.FAULT);
            clock.addAndGet(1_000);
        }
        List<Sample> samples = closed();
        assertThat(samples.stream().mapToInt(Sample::requests).sum()).isEqualTo(91);
        assertThat(samples.stream().mapToInt(Sample::faults).sum()).isEqualTo(91);
        assertThat(counts.totals().get(GREEN))
                .extracting(ColorTotals::harmedKeys)
                .isEqualTo(91L);
    }

    @Test
    void one_id_of_a_user_s_doings_is_a_request_for_each_operation() {
        request("acme", "Post", "click-1", Ending.FAULT, false);
        request("acme", "Post", "click-1", Ending.FAULT, false);
        request("acme", "List", "click-1", Ending.FAULT, false);
        assertThat(closed().stream().mapToInt(Sample::faults).sum()).isEqualTo(2);
    }

    @Test
    void an_idempotency_key_stands_for_one_request_however_often_it_is_retried() {
        for (int i = 0; i < 100; i++) {
            requestOf("acme", "Post", new RequestKey("order-1", true), Ending.FAULT, false);
            clock.addAndGet(1_000);
        }
        assertThat(closed().stream().mapToInt(Sample::faults).sum()).isEqualTo(1);
    }

    @Test
    void the_same_key_of_two_tenants_is_two_requests() {
        request("acme", "1", Ending.FAULT);
        request("globex", "1", Ending.FAULT);
        assertThat(closed().stream().mapToInt(Sample::faults).sum()).isEqualTo(2);
    }

    @Test
    void a_key_that_fails_after_it_was_well_counts_as_exposure_again() {
        request("acme", "trace-1", Ending.ANSWERED);
        clock.addAndGet(1_000);
        request("acme", "trace-1", Ending.FAULT);
        assertThat(closed()).allSatisfy(sample -> assertThat(sample.faults()).isLessThanOrEqualTo(sample.requests()));
        assertThat(counts.samples(0, 10).samples().stream()
                        .mapToInt(Sample::faults)
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void a_burst_counts_up_to_the_cap_and_says_so() {
        for (int i = 0; i < 50; i++) {
            request("acme", null, i < 30 ? Ending.FAULT : Ending.ANSWERED);
        }
        request("globex", null, Ending.FAULT);
        List<Sample> samples = closed();
        assertThat(samples)
                .filteredOn(s -> s.tenant().equals("acme"))
                .singleElement()
                .satisfies(sample -> {
                    assertThat(sample.requests()).isEqualTo(50);
                    assertThat(sample.faults()).isEqualTo(2);
                    assertThat(sample.faultyKeys()).isEqualTo(30);
                    assertThat(sample.cap()).isTrue();
                });
        assertThat(samples).filteredOn(s -> s.tenant().equals("globex")).allMatch(s -> !s.cap() && s.faults() == 1);
    }

    @Test
    void a_client_that_hung_up_is_no_exposure_unless_it_had_waited_too_long() {
        request("acme", "Post", null, Ending.CLIENT_GONE, false);
        assertThat(closed()).singleElement().satisfies(sample -> {
            assertThat(sample.begun()).isEqualTo(1);
            assertThat(sample.requests()).isZero();
        });
        request("acme", "Post", null, Ending.CLIENT_GONE, true);
        assertThat(closed().getLast()).satisfies(sample -> {
            assertThat(sample.slow()).isEqualTo(1);
            assertThat(sample.faults()).isZero();
        });
        assertThat(counts.totals().get(GREEN)).matches(totals -> totals.clientGone() == 2);
    }

    @Test
    void invented_tenants_and_operations_end_in_one_bucket() {
        counts = new TrafficCounts(clock::get, new CountingLimits(2, 900, 1_000, 10, 3, 60, 100, 10));
        for (int i = 0; i < 100; i++) {
            request("tenant-" + i, "op-" + i, null, Ending.ANSWERED, false);
        }
        List<Sample> samples = closed();
        assertThat(samples.stream().map(Sample::tenant).distinct()).hasSize(11).contains("~other");
        assertThat(samples.stream().map(Sample::operation).distinct())
                .hasSize(4)
                .contains("~other");
        assertThat(samples.stream().mapToInt(Sample::requests).sum()).isEqualTo(100);
    }

    @Test
    void a_reader_gets_each_window_once_and_hears_when_some_are_gone() {
        counts = new TrafficCounts(clock::get, new CountingLimits(2, 900, 20, 100, 3, 60, 100, 10));
        long next = 0;
        for (int second = 0; second < 10; second++) {
            request("acme", null, Ending.ANSWERED);
            request("globex", null, Ending.ANSWERED);
            clock.addAndGet(1_000);
            SampleAnswer answer = counts.samples(next, 10);
            assertThat(answer.samples()).hasSize(2);
            assertThat(answer.lost()).isFalse();
            next = answer.next();
        }
        for (int second = 0; second < 30; second++) {
            request("acme", null, Ending.ANSWERED);
            clock.addAndGet(1_000);
        }
        SampleAnswer late = counts.samples(next, 15);
        assertThat(late.lost()).isTrue();
        assertThat(late.more()).isTrue();
        assertThat(late.samples()).hasSize(15);
        assertThat(counts.samples(late.next(), 15).samples()).hasSize(5);
        assertThat(counts.samples(1_000_000, 100))
                .as("a place in another life of the proxy")
                .satisfies(answer -> {
                    assertThat(answer.lost()).isTrue();
                    assertThat(answer.samples()).hasSize(20);
                });
    }

    @Test
    void windows_older_than_they_are_kept_for_are_gone() {
        request("acme", null, Ending.ANSWERED);
        clock.addAndGet(1_000_000);
        request("acme", null, Ending.ANSWERED);
        assertThat(closed()).hasSize(1);
    }

    @Test
    void a_clock_that_jumps_back_does_not_open_an_old_second() {
        request("acme", null, Ending.ANSWERED);
        clock.addAndGet(-30_000);
        request("acme", null, Ending.ANSWERED);
        clock.addAndGet(32_000);
        assertThat(counts.samples(0, 10).samples()).singleElement().matches(sample -> sample.requests() == 2);
    }

    @Test
    void traffic_is_per_tenant_over_the_hours_asked_for() {
        request("acme", null, Ending.FAULT);
        clock.addAndGet(2 * 3_600_000L);
        request("acme", null, Ending.ANSWERED);
        request("globex", null, Ending.ANSWERED);
        assertThat(counts.traffic(1))
                .containsEntry("acme", new TenantFigures(1, 0, 0))
                .hasSize(2);
        assertThat(counts.traffic(24)).containsEntry("acme", new TenantFigures(2, 1, 0));
        clock.addAndGet(25 * 3_600_000L);
        request("initech", null, Ending.ANSWERED);
        assertThat(counts.traffic(24)).containsOnlyKeys("initech");
    }

    @Test
    void buckets_cover_every_latency_within_a_quarter() {
        for (long millis = 1; millis <= 60_000; millis++) {
            int index = LatencyBuckets.indexOf(millis * 1_000);
            assertThat(LatencyBuckets.upperMillis(index)).isGreaterThanOrEqualTo(millis);
            assertThat(index == 0 || LatencyBuckets.upperMillis(index - 1) < millis)
                    .isTrue();
            assertThat(LatencyBuckets.upperMillis(index))
                    .isLessThanOrEqualTo(Math.max(millis, millis + millis / 4 + 1));
        }
        assertThat(LatencyBuckets.upperMillis(LatencyBuckets.indexOf(10_000_000_000L)))
                .isEqualTo(Long.MAX_VALUE);
    }
}
