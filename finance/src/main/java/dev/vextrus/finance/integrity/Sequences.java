package dev.vextrus.finance.integrity;

import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.kernel.TenantId;
import java.util.HashMap;
import java.util.Map;

/** Checks that versions within streams and numbers within series go up one by one. */
final class Sequences {
    private final Tally gaps;
    /** Keys are 64-bit hashes of tenant and stream: of ten million streams two meet with a chance of 1 in 350,000. */
    private final Map<Long, Long> versions = new HashMap<>();

    private final Map<Series, Long> numbers = new HashMap<>();

    private record Series(TenantId tenant, String name) {}

    Sequences(Tally gaps) {
        this.gaps = gaps;
    }

    void apply(RecordedEvent event, String where) {
        long key = hash(event.tenant().value(), event.stream().value());
        long before = versions.getOrDefault(key, 0L);
        versions.put(key, event.version());
        gaps.check(
                event.version() == before + 1,
                () -> where + ": version " + event.version() + " of " + event.stream() + " follows " + before);
        if (event.series() != null && event.number().isPresent()) {
            Series series = new Series(event.tenant(), event.series());
            long number = event.number().getAsLong();
            long last = numbers.getOrDefault(series, 0L);
            numbers.put(series, number);
            gaps.check(
                    number == last + 1, () -> where + ": number " + number + " of " + series.name + " follows " + last);
        }
    }

    /** FNV-1a over both, with a separator that neither contains, and a finishing mix (MurmurHash3's). */
    private static long hash(String tenant, String stream) {
        long hash = mixIn(0xcbf29ce484222325L, tenant);
        hash = mixIn((hash ^ 0x1f) * 0x100000001b3L, stream);
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    private static long mixIn(long hash, String text) {
        long mixed = hash;
        for (int i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mixed;
    }
}
