package dev.vextrus.finance.integrity;

import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.kernel.TenantId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that versions within streams and numbers within series go up one by one. However many streams there are, it
 * keeps some 15 MB: the versions of those that moved last, and a filter that knows a stream it never saw. Of any other
 * stream it asks the log for the event before.
 */
final class Sequences {
    private static final int RECENT = 1 << 16;

    private final Tally gaps;
    private final Streams log;
    private final Map<Long, Long> recent;
    private final SeenBefore seen = new SeenBefore();
    private final Map<Series, Long> numbers = new HashMap<>();

    private record Series(TenantId tenant, String name) {}

    /** A stream's events after one version, up to another. */
    @FunctionalInterface
    interface Streams {
        List<RecordedEvent> read(TenantId tenant, StreamId stream, long afterVersion, long toVersion);
    }

    Sequences(Tally gaps, Streams log) {
        this(gaps, log, RECENT);
    }

    /** @param kept of so many streams the version is remembered */
    Sequences(Tally gaps, Streams log, int kept) {
        this.gaps = gaps;
        this.log = log;
        this.recent = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
                return size() > kept;
            }
        };
    }

    /** Changes nothing where the log cannot be asked. */
    void apply(RecordedEvent event, String where) {
        long key = SeenBefore.hash(event.tenant().value(), event.stream().value());
        Long remembered = recent.get(key);
        boolean follows = remembered != null
                ? event.version() == remembered + 1
                : (event.version() == 1 && !seen.perhaps(key)) || followsInLog(event);
        recent.put(key, event.version());
        seen.add(key);
        gaps.check(
                follows,
                () -> where + ": version " + event.version() + " of " + event.stream()
                        + " does not follow the one before" + (remembered == null ? "" : ", " + remembered));
        if (event.series() != null && event.number().isPresent()) {
            Series series = new Series(event.tenant(), event.series());
            long number = event.number().getAsLong();
            long last = numbers.getOrDefault(series, 0L);
            numbers.put(series, number);
            gaps.check(
                    number == last + 1, () -> where + ": number " + number + " of " + series.name + " follows " + last);
        }
    }

    /**
     * Whether the log has the version before it once, at an earlier position, and its own version nowhere else. Where
     * that holds of every event, a stream's versions go up one by one in the log's order.
     */
    private boolean followsInLog(RecordedEvent event) {
        long version = event.version();
        List<RecordedEvent> last = log.read(event.tenant(), event.stream(), Math.max(0, version - 2), version);
        return version == 1
                ? last.size() == 1
                : last.size() == 2
                        && last.getFirst().version() == version - 1
                        && last.getFirst().position() < event.position();
    }
}
