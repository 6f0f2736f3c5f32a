package dev.vextrus.rolloutkubernetes.metrics;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the counters of the release contract from Prometheus' text format. */
final class CounterText {
    static final String REQUESTS = "http_requests_total";
    static final String BUCKETS = "http_request_duration_seconds_bucket";

    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:]+)\\{([^}]*)}\\s+(\\S+).*");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private CounterText() {}

    /** @throws IllegalArgumentException where a value is no number */
    static Counters read(String text) {
        Sum sum = new Sum();
        text.lines().forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()
                    && (matcher.group(1).equals(REQUESTS) || matcher.group(1).equals(BUCKETS))) {
                sum.add(matcher.group(1), labels(matcher.group(2)), Double.parseDouble(matcher.group(3)));
            }
        });
        return sum.counters();
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher matcher = LABEL.matcher(text);
        while (matcher.find()) {
            labels.put(matcher.group(1), matcher.group(2));
        }
        return labels;
    }

    /** Adds up series that differ in labels which the rollout does not tell apart. */
    static final class Sum {
        private long requests;
        private long faults;
        private long clientErrors;
        private final NavigableMap<Double, Long> upTo = new TreeMap<>();

        void add(String metric, Map<String, String> labels, double value) {
            long count = Math.round(value);
            if (metric.equals(REQUESTS)) {
                requests += count;
                String outcome = outcome(labels);
                faults += outcome.equals("fault") ? count : 0;
                clientErrors += outcome.equals("client") ? count : 0;
            } else {
                String bound = labels.getOrDefault("le", "+Inf");
                double seconds = bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
                upTo.merge(Math.rint(seconds * 1e6) / 1e3, count, Long::sum);
            }
        }

        /** As the release tells it, since GraphQL's faults travel with status 200; else as the status does. */
        private static String outcome(Map<String, String> labels) {
            String told = labels.get("outcome");
            String code = labels.getOrDefault("code", "");
            return told != null ? told : code.startsWith("5") ? "fault" : code.startsWith("4") ? "client" : "";
        }

        Counters counters() {
            return new Counters(requests, faults, clientErrors, upTo);
        }
    }
}
