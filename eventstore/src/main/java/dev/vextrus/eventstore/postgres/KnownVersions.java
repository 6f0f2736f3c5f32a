package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.append.LogHeads;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Versions that streams have reached at least, as this process saw them committed: 0 for a stream never seen. Streams only
 * grow, so whoever expects exactly this version may append without asking: had the stream grown meanwhile, the unique
 * index on (tenant, stream, version) refuses the append. Forgotten when a connection is lost, lest a restored log be
 * taken for the one before. Safe for use by several threads.
 */
final class KnownVersions {
    private static final int MOST = 20_000;

    private final Map<LogHeads.Stream, Long> versions = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LogHeads.Stream, Long> eldest) {
            return size() > MOST;
        }
    };

    synchronized long atLeast(LogHeads.Stream stream) {
        return versions.getOrDefault(stream, 0L);
    }

    synchronized void reached(LogHeads.Stream stream, long version) {
        versions.merge(stream, version, Math::max);
    }

    synchronized void forget() {
        versions.clear();
    }
}
