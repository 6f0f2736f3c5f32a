package dev.vextrus.finance.graphql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a field of many objects of an answer refers to, found together. */
public final class Related {
    private Related() {}

    /**
     * For {@code @BatchMapping}. An object that refers to nothing, or to what is not there, is left out of the map: the
     * field is then null. (In a list the same null would fail the field of every object of the answer.)
     *
     * @param reference what the object refers to, or null
     * @param find asked once, and not at all where nothing is referred to
     */
    public static <S, K, V> Map<S, V> of(
            List<S> objects, Function<S, @Nullable K> reference, Function<List<K>, Map<K, V>> find) {
        List<K> references = objects.stream()
                .<@Nullable K>map(reference)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<K, V> found = references.isEmpty() ? Map.of() : find.apply(references);
        Map<S, V> related = new HashMap<>();
        for (S object : objects) {
            @Nullable K to = reference.apply(object);
            V there = to == null ? null : found.get(to);
            if (there != null) {
                related.put(object, there);
            }
        }
        return related;
    }
}
