package dev.vextrus.proxy.counting;

import org.jspecify.annotations.Nullable;

/**
 * One request that has ended.
 *
 * @param begun whether it was counted when it was sent
 * @param tenant null where the token names none, or the service refused the token
 * @param claimed the tenant that the token names, whether the service believed it or not; null where it names none
 * @param probe chosen by the canary header; counted apart
 * @param key what groups retries; null where the request stands for itself
 * @param status what the client got; 0 where nothing
 * @param latencyMicros from the request's head to the answer's end
 * @param slow longer than the objective of the routing it followed
 * @param dropped the client's connection had to be closed in the middle of the answer
 */
public record Completed(
        Track track,
        boolean begun,
        @Nullable String tenant,
        @Nullable String claimed,
        String operation,
        boolean probe,
        @Nullable RequestKey key,
        Ending ending,
        int status,
        long latencyMicros,
        boolean slow,
        boolean dropped) {
    boolean faulty() {
        return ending == Ending.FAULT || ending == Ending.NO_ANSWER;
    }
}
