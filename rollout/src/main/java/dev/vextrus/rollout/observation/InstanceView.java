package dev.vextrus.rollout.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One process or pod as the target sees it.
 *
 * @param id unique within the rollout, kept over restarts
 * @param ready whether it may take traffic now
 * @param everReady whether it has been ready since it was first started
 * @param startedAt its first start
 * @param exits how often it ended without being told to, since its first start; counts as soon as the end is seen, not
 *     only once it was started again
 * @param lastExit why it last ended, for people; null if it never did
 * @param memoryMebibytes resident memory; -1 where unknown
 */
public record InstanceView(
        String id,
        Color color,
        String version,
        boolean ready,
        boolean everReady,
        Instant startedAt,
        int exits,
        @Nullable String lastExit,
        long memoryMebibytes) {}
