package dev.vextrus.finance.query;

import java.util.List;
import java.util.function.Function;

/**
 * Part of a list.
 *
 * @param hasNext whether the list goes on after it
 * @param hasPrevious whether it began after a cursor
 */
public record Page<T>(List<Entry<T>> entries, boolean hasNext, boolean hasPrevious) {

    public Page {
        entries = List.copyOf(entries);
    }

    /**
     * A place in the list.
     *
     * @param cursor what to hand in as {@code after} to go on behind it
     */
    public record Entry<T>(T node, String cursor) {}

    public List<T> nodes() {
        return entries.stream().map(Entry::node).toList();
    }

    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(
                entries.stream()
                        .map(entry -> new Entry<R>(change.apply(entry.node()), entry.cursor()))
                        .toList(),
                hasNext,
                hasPrevious);
    }
}
