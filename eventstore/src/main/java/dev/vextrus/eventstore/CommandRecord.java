package dev.vextrus.eventstore;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command that an append carries out, kept so that a repeated key gets the first outcome and any release can decide
 * it again.
 *
 * @param principal whose key it is; keys of two principals never meet (1 to 255
 *     characters, as are key, body hash and type)
 * @param key the idempotency key, unique per tenant and principal
 * @param bodyHash tells the same request from another one under the same key
 * @param type the command's name
 * @param body all that the decision was made from besides the streams: the command with the ids and looked-up values
 * @param decidedAt the time the decision was given, in whole microseconds
 * @param reads the streams that the decision read, at the versions it read them
 * @param refusal the refusal's code and details where the command was refused (then nothing is written), else null
 */
public record CommandRecord(
        String principal,
        String key,
        String bodyHash,
        String type,
        Payload body,
        Instant decidedAt,
        List<StreamVersion> reads,
        @Nullable Payload refusal) {

    public CommandRecord {
        if (tooLong(principal) || tooLong(key) || tooLong(bodyHash) || tooLong(type)) {
            throw new IllegalArgumentException(
                    "command: principal, key, body hash and type must have 1 to 255 characters");
        }
        if (!decidedAt.equals(decidedAt.truncatedTo(ChronoUnit.MICROS))) {
            // Stored shorter, it would be decided again at another time than it was.
            throw new IllegalArgumentException(
                    "command: decided at a time finer than a microsecond; truncate it first");
        }
        reads = List.copyOf(reads);
    }

    private static boolean tooLong(String text) {
        return text.isEmpty() || text.length() > 255;
    }
}
