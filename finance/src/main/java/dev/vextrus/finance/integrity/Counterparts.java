package dev.vextrus.finance.integrity;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Things that come in twos within one append, such as a payment and its journal entry. Which comes first does not
 * matter; one that is alone long after its append is an orphan.
 */
final class Counterparts {
    /** An append that is cut by the read model's position is complete this many positions later. */
    private static final long PATIENCE = 2_000;

    private final Tally orphans;
    private final Map<String, Half> alone = new HashMap<>();
    private final Deque<Half> inOrder = new ArrayDeque<>();

    private record Half(String key, String side, long position, String where) {}

    Counterparts(Tally orphans) {
        this.orphans = orphans;
    }

    /** @param side what it is; its counterpart has the same key and another side */
    void seen(String side, String key, long position, String where) {
        Half other = alone.get(key);
        if (other != null && !other.side().equals(side)) {
            alone.remove(key);
            orphans.check(true, () -> "");
        } else {
            Half half = new Half(key, side, position, where);
            alone.put(key, half);
            inOrder.add(half);
        }
    }

    /** Gives those up whose append is long over. */
    void reached(long position) {
        while (!inOrder.isEmpty() && inOrder.getFirst().position() < position - PATIENCE) {
            Half oldest = inOrder.removeFirst();
            if (alone.remove(oldest.key(), oldest)) {
                orphans.check(false, () -> oldest.where() + ": " + oldest.side() + " without counterpart");
            }
        }
    }
}
