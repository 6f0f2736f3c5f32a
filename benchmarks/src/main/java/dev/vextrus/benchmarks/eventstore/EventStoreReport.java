package dev.vextrus.benchmarks.eventstore;

import java.util.Locale;
import java.util.Map;

/**
 * The figures of one run.
 *
 * @param durability the settings that make a commit durable, as the server had them
 */
public record EventStoreReport(int clients, Slice ours, Slice raw, Map<String, String> durability) {

    public double appendsPerSecond() {
        return ours.perSecond();
    }

    public double rawAppendsPerSecond() {
        return raw.perSecond();
    }

    public double p50Millis() {
        return ours.millisAt(50);
    }

    public double p99Millis() {
        return ours.millisAt(99);
    }

    /** Ours over the raw bound. */
    public double ratio() {
        return raw.perSecond() == 0 ? 0 : ours.perSecond() / raw.perSecond();
    }

    /** Lines for people. */
    public String text() {
        return String.format(Locale.ROOT, """
                Event store, %d clients, one event each with version check, guard, idempotency record and chain link
                  ours          %s
                  raw bound     %s
                  ratio         %.2f
                  durability    %s
                """, clients, ours.line(), raw.line(), ratio(), durability);
    }

    /** One JSON object on one line. */
    public String json() {
        StringBuilder settings = new StringBuilder();
        durability.forEach((name, value) -> settings.append(settings.isEmpty() ? "" : ",")
                .append('"')
                .append(name)
                .append("\":\"")
                .append(value)
                .append('"'));
        return String.format(
                Locale.ROOT,
                "{\"clients\":%d,\"ours\":{\"appendsPerSecond\":%.0f,\"p50Millis\":%.2f,\"p99Millis\":%.2f,"
                        + "\"batchSize\":%d},\"raw\":{\"appendsPerSecond\":%.0f,\"batchSize\":%d},\"ratio\":%.3f,"
                        + "\"durability\":{%s}}",
                clients,
                appendsPerSecond(),
                p50Millis(),
                p99Millis(),
                ours.batchSize(),
                rawAppendsPerSecond(),
                raw.batchSize(),
                ratio(),
                settings);
    }
}
