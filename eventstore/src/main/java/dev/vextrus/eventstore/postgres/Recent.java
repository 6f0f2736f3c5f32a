package dev.vextrus.eventstore.postgres;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by key, bounded: what was used longest ago is forgotten first, but nothing of a batch that is still under way,
 * for until it is committed nobody else could tell. For one thread at a time.
 */
final class Recent<K, V> {
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;

    /** @param ticket of the batch that set it */
    private record Entry<V>(V value, long ticket) {}

    /** @param most entries that are kept, besides those of batches under way */
    Recent(int most) {
        this.most = most;
    }

    @Nullable
    V get(K key) {
        Entry<V> entry = entries.get(key);
        return entry == null ? null : entry.value;
    }

    void put(K key, V value, long ticket) {
        entries.put(key, new Entry<>(value, ticket));
    }

    /** @param finished the last ticket whose batch is committed; those before it are, too */
    void trim(long finished) {
        Iterator<Entry<V>> eldest = entries.values().iterator();
        while (entries.size() > most && eldest.next().ticket <= finished) {
            eldest.remove();
        }
    }

    void clear() {
        entries.clear();
    }
}
