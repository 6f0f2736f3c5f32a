package dev.vextrus.eventstore;

import java.util.List;

/** What became of an {@link AppendRequest}. All but {@link Appended} wrote nothing. */
public sealed interface AppendResult {

    /**
     * Committed.
     *
     * @param firstPosition of its events, 0 where it recorded a refusal
     * @param lastPosition of its events, or the head where it recorded a refusal
     * @param numbers drawn for the events that asked for one, in the order of the events
     */
    record Appended(long firstPosition, long lastPosition, List<Long> numbers) implements AppendResult {

        public Appended {
            numbers = List.copyOf(numbers);
        }
    }

    /** The same key with the same body was carried out before, here or elsewhere: its first outcome stands. */
    record Repeated(RecordedCommand first) implements AppendResult {}

    /** The key was used before for another body. */
    record KeyReused(RecordedCommand first) implements AppendResult {}

    /** A stream has another version than expected; load again and decide again. */
    record VersionConflict(StreamId stream, long expected, long actual) implements AppendResult {}

    /** A guarded stream has moved; load again and decide again. */
    record GuardConflict(StreamId stream, long expected, long actual) implements AppendResult {}

    /**
     * The database would not take the command's data (found by bisection: its neighbours were appended).
     *
     * @param message may be shown to whoever sent it
     */
    record Rejected(String message) implements AppendResult {}
}
