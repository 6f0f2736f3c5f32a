package dev.vextrus.benchmarks.eventstore;

import java.util.Locale;
import java.util.Map;

/**
 * The figures of one run.
 *
 * @param ours of clients that each wait for an outcome before they send the next command
 * @param open of commands that arrive at half that rate, whoever waits
 * @param durability the settings that make a commit durable, as the server had them
 */
public record EventStoreReport(int clients, Slice ours, Slice open, Slice raw, Map<String, String> durability) {

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

    public double openP99Millis() {
        return open.millisAt(99);
    }

    public double openPerSecond() {
        return open.perSecond();
    }

    /**
     * How long a client waits on average where so many at once are served at the raw bound (Little's law): no store that
     * writes these rows here has a lower mean.
     */
    public double leastMeanMillis() {
        return raw.perSecond() == 0 ? 0 : clients * 1e3 / raw.perSecond();
    }

    /** Ours over the raw bound. */
    public double ratio() {
        return raw.perSecond() == 0 ? 0 : ours.perSecond() / raw.perSecond();
    }

    /** Lines for people. */
    public String text() {
        return String.format(
                Locale.ROOT,
                """
                Event store, %d clients, one event each with version check, guard, idempotency record and chain link
                  ours          %s
                  raw bound     %s
                  ratio         %.2f
                  latency       %d at once wait %.1f ms on average even at the raw bound; P99 with all at once %.1f ms,
                                with %,.0f/s arriving one by one %.1f ms
                  durability    %s
                """,
                clients,
                ours.line(),
                raw.line(),
                ratio(),
                clients,
                leastMeanMillis(),
                p99Millis(),
                openPerSecond(),
                openP99Millis(),
                durability);
    }
}
