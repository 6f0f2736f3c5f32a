package dev.vextrus.finance.command;

import java.util.List;
import java.util.Map;

/** How a command ended. */
public sealed interface Outcome {

    /**
     * Carried out and durable.
     *
     * @param position of its last event: a read model at this position shows it
     * @param ids of what it made or changed, by kind: {@code invoice}, {@code payment}, {@code journalEntry},
     *     {@code reversal}, {@code account}, {@code period}, {@code tenant}
     * @param numbers the document numbers it drew, in order of its events
     * @param repeated whether this is the first outcome of an idempotency key that was used before
     */
    record Accepted(long position, Map<String, String> ids, List<Long> numbers, boolean repeated) implements Outcome {

        public Accepted {
            ids = Map.copyOf(ids);
            numbers = List.copyOf(numbers);
        }
    }

    /** A rule forbids it; nothing changed. */
    record Refused(Refusal refusal, boolean repeated) implements Outcome {}

    /** Others changed the same things faster, several times over; nothing changed. Trying again is worth while. */
    record Conflict(String stream) implements Outcome {}

    /** The idempotency key was used before for another command; nothing changed. */
    record KeyReused(String idempotencyKey) implements Outcome {}
}
