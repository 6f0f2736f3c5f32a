package dev.vextrus.proxy.control;

import dev.vextrus.proxy.counting.ColorTotals;
import dev.vextrus.proxy.counting.Track;
import java.util.List;
import java.util.Map;

/** The totals in Prometheus' text format, version 0.0.4. */
final class PrometheusText {
    private PrometheusText() {}

    static String of(Map<Track, ColorTotals> totals) {
        StringBuilder text = new StringBuilder(4_096);
        text.append("# HELP http_requests_total Requests by colour, version and status.\n");
        text.append("# TYPE http_requests_total counter\n");
        totals.forEach((track, of) -> of.codes()
                .forEach((code, count) -> line(text, "http_requests_total", track, "code", code.toString(), count)));
        text.append("# HELP vextrus_proxy_faults_total Requests that ended as the fault of their colour.\n");
        text.append("# TYPE vextrus_proxy_faults_total counter\n");
        totals.forEach((track, of) -> line(text, "vextrus_proxy_faults_total", track, "", "", of.faults()));
        text.append("# HELP vextrus_proxy_dropped_connections_total Connections closed in the middle of an answer.\n");
        text.append("# TYPE vextrus_proxy_dropped_connections_total counter\n");
        totals.forEach((track, of) ->
                line(text, "vextrus_proxy_dropped_connections_total", track, "", "", of.droppedConnections()));
        text.append("# HELP vextrus_proxy_requests_in_flight Requests without an end so far.\n");
        text.append("# TYPE vextrus_proxy_requests_in_flight gauge\n");
        totals.forEach((track, of) -> line(text, "vextrus_proxy_requests_in_flight", track, "", "", of.inFlight()));
        text.append("# HELP http_request_duration_seconds Time from a request's head to its answer's end.\n");
        text.append("# TYPE http_request_duration_seconds histogram\n");
        totals.forEach((track, of) -> histogram(text, track, of));
        return text.toString();
    }

    /** Bounds at powers of two milliseconds: each is also a bound of the buckets counted in. */
    private static void histogram(StringBuilder text, Track track, ColorTotals totals) {
        long requests = 0;
        for (List<Long> bucket : totals.latency()) {
            requests += bucket.get(1);
        }
        for (long bound = 1; bound <= 65_536; bound *= 2) {
            long below = 0;
            for (List<Long> bucket : totals.latency()) {
                below += bucket.get(0) > 0 && bucket.get(0) <= bound ? bucket.get(1) : 0;
            }
            String le = Double.toString(bound / 1_000.0);
            line(text, "http_request_duration_seconds_bucket", track, "le", le, below);
        }
        line(text, "http_request_duration_seconds_bucket", track, "le", "+Inf", requests);
        text.append("http_request_duration_seconds_sum");
        labels(text, track, "", "");
        text.append(totals.latencySumMicros() / 1e6).append('\n');
        line(text, "http_request_duration_seconds_count", track, "", "", requests);
    }

    private static void line(StringBuilder text, String name, Track track, String label, String value, long count) {
        text.append(name);
        labels(text, track, label, value);
        text.append(count).append('\n');
    }

    private static void labels(StringBuilder text, Track track, String label, String value) {
        text.append("{color=\"").append(escaped(track.color()));
        text.append("\",version=\"").append(escaped(track.version()));
        if (!label.isEmpty()) {
            text.append("\",").append(label).append("=\"").append(value);
        }
        text.append("\"} ");
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
