package dev.vextrus.rolloutkubernetes.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TenantWindow;
import dev.vextrus.rollout.observation.TrackWindow;
import dev.vextrus.rollout.observation.TrafficBatch;
import org.junit.jupiter.api.Test;

class CountersTest {
    private static final String TEXT = """
            # TYPE http_requests_total counter
            http_requests_total{color="blue",version="1.0.0",code="200"} 90
            http_requests_total{color="blue",version="1.0.0",code="404"} 4
            http_requests_total{color="blue",version="1.0.0",code="500"} 6
            http_request_duration_seconds_bucket{color="blue",le="0.05"} 50
            http_request_duration_seconds_bucket{color="blue",le="0.3"} 97
            http_request_duration_seconds_bucket{color="blue",le="+Inf"} 100
            http_request_duration_seconds_sum{color="blue"} 12.5
            something_else{le="0.3"} 7
            """;

    @Test
    void faults_slow_requests_and_percentiles_are_read_of_the_text() {
        Counters counters = CounterText.read(TEXT);

        assertThat(counters.requests()).isEqualTo(100);
        assertThat(counters.faults()).isEqualTo(6);
        assertThat(counters.clientErrors()).isEqualTo(4);
        assertThat(counters.slowerThan(300)).isEqualTo(3);
        assertThat(counters.slowerThan(100)).isEqualTo(3);
        assertThat(counters.percentile95()).isEqualTo(300);
    }

    @Test
    void a_release_that_tells_the_outcome_is_believed_before_the_status() {
        Counters counters = CounterText.read("""
                http_requests_total{color="blue",code="200",outcome="ok"} 90
                http_requests_total{color="blue",code="200",outcome="fault"} 3
                http_requests_total{color="blue",code="200",outcome="client"} 2
                http_requests_total{color="blue",code="409",outcome="refused"} 1
                """);

        assertThat(counters.requests()).isEqualTo(96);
        assertThat(counters.faults()).isEqualTo(3);
        assertThat(counters.clientErrors()).isEqualTo(2);
    }

    @Test
    void a_counter_that_fell_was_started_anew() {
        Counters before = CounterText.read(TEXT);
        Counters after = CounterText.read(TEXT.replace("} 90", "} 3").replace("} 6", "} 1"));

        assertThat(after.since(before).requests()).isEqualTo(8);
        assertThat(before.since(before).requests()).isZero();
    }

    @Test
    void each_window_is_told_once_and_a_gap_is_told() {
        CountedWindows windows = new CountedWindows(100);
        windows.add(101, Color.BLUE, CounterText.read(TEXT), 300);
        windows.add(102, Color.GREEN, CounterText.read(TEXT), 300);
        windows.close(101);

        TrafficBatch first = windows.after(0);
        windows.close(102);
        TrafficBatch second = windows.after(first.next());

        assertThat(first.tracks()).extracting(TrackWindow::color).containsExactly(Color.BLUE);
        assertThat(first.tenants())
                .extracting(TenantWindow::mistakes)
                .containsExactly(new TenantWindow.Mistakes(100, 4));
        assertThat(second.tracks()).extracting(TrackWindow::color).containsExactly(Color.GREEN);
        assertThat(second.complete()).isTrue();
        assertThat(windows.after(second.next()).tracks()).isEmpty();
        assertThat(windows.after(50).complete()).isFalse();
    }
}
