package dev.vextrus.finance.integrity;

import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamPoint;
import dev.vextrus.kernel.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that versions within streams and numbers within series go up one by one. However many streams there are, it
 * keeps some 15 MB: the versions of those that moved last, and a filter that knows a stream it never saw. Of the other
 * streams of a batch it asks the log for the events before, of all at once.
 */
final class Sequences {
    private static final int RECENT = 1 << 16;

    private final Tally gaps;
    private final Places log;
    private final Map<Long, Long> recent;
    private final SeenBefore seen = new SeenBefore();
    private final Map<Series, Long> numbers = new HashMap<>();

    private record Series(TenantId tenant, String name) {}

    /** Where events are in the log: the positions of each that is there, ascending. */
    @FunctionalInterface
    interface Places {
        Map<StreamPoint, List<Long>> of(Collection<StreamPoint> points);
    }

    Sequences(Tally gaps, Places log) {
        this(gaps, log, RECENT);
    }

    /** @param kept of so many streams the version is remembered from one batch to the next */
    Sequences(Tally gaps, Places log, int kept) {
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

    /**
     * Changes nothing where the log cannot be asked.
     *
     * @param batch events that follow one another in the log, and those of the batch before
     */
    void apply(List<RecordedEvent> batch) {
        Map<Long, Long> reached = new HashMap<>();
        Map<StreamPoint, List<Long>> places = placesOfUnknown(batch);
        for (RecordedEvent event : batch) {
            long key = key(event);
            Long last = reached.getOrDefault(key, recent.get(key));
            checkVersion(
                    event, last, last != null ? event.version() == last + 1 : begins(event) || follows(event, places));
            reached.put(key, event.version());
            checkNumber(event);
        }
        recent.putAll(reached);
        reached.keySet().forEach(seen::add);
    }

    /** Asks about the first event of each stream that is neither remembered nor surely new. */
    private Map<StreamPoint, List<Long>> placesOfUnknown(List<RecordedEvent> batch) {
        Map<Long, RecordedEvent> first = new HashMap<>();
        batch.forEach(event -> first.putIfAbsent(key(event), event));
        List<StreamPoint> asked = new ArrayList<>();
        first.forEach((key, event) -> {
            if (recent.get(key) == null && !begins(event)) {
                asked.add(point(event, event.version()));
                asked.add(point(event, event.version() - 1));
            }
        });
        return asked.isEmpty() ? Map.of() : log.of(asked);
    }

    private boolean begins(RecordedEvent event) {
        return event.version() == 1 && !seen.perhaps(key(event));
    }

    /**
     * Whether the log has the version before it once, at an earlier position, and its own version nowhere else. Where
     * that holds of every event, a stream's versions go up one by one in the log's order.
     */
    private static boolean follows(RecordedEvent event, Map<StreamPoint, List<Long>> places) {
        List<Long> own = places.getOrDefault(point(event, event.version()), List.of());
        List<Long> before = places.getOrDefault(point(event, event.version() - 1), List.of());
        return own.size() == 1
                && (event.version() == 1
                        ? before.isEmpty()
                        : before.size() == 1 && before.getFirst() < event.position());
    }

    private void checkVersion(RecordedEvent event, @Nullable Long last, boolean follows) {
        gaps.check(
                follows,
                () -> event.tenant() + " at position " + event.position() + ": version " + event.version() + " of "
                        + event.stream() + " does not follow the one before" + (last == null ? "" : ", " + last));
    }

    private void checkNumber(RecordedEvent event) {
        if (event.series() == null || event.number().isEmpty()) {
            return;
        }
        Series series = new Series(event.tenant(), event.series());
        long number = event.number().getAsLong();
        long last = numbers.getOrDefault(series, 0L);
        numbers.put(series, number);
        gaps.check(
                number == last + 1,
                () -> event.tenant() + " at position " + event.position() + ": number " + number + " of " + series.name
                        + " follows " + last);
    }

    private static StreamPoint point(RecordedEvent event, long version) {
        return new StreamPoint(event.tenant(), event.stream(), version);
    }

    private static long key(RecordedEvent event) {
        return SeenBefore.hash(event.tenant().value(), event.stream().value());
    }
}
