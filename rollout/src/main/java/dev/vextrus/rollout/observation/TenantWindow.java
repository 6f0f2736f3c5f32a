package dev.vextrus.rollout.observation;

import org.jspecify.annotations.Nullable;

/**
 * One colour's traffic of one tenant and operation in one closed second, probes left out.
 *
 * @param second seconds since 1970
 * @param begun distinct requests that were sent in this second: where they went, however late they are answered
 * @param keys distinct requests that ended in it, retries counted once
 * @param faults distinct requests that failed, up to the cap
 * @param slow distinct requests over the release's slow objective, up to the cap
 * @param capped whether the cap was met
 * @param mistakes what the callers were told of themselves; null where whoever counts does not tell
 */
public record TenantWindow(
        long second,
        Color color,
        String tenant,
        String operation,
        long begun,
        long keys,
        long faults,
        long slow,
        boolean capped,
        @Nullable Mistakes mistakes) {

    /** Of whoever counts answers only: they stand for what was sent. */
    public TenantWindow(
            long second,
            Color color,
            String tenant,
            String operation,
            long keys,
            long faults,
            long slow,
            boolean capped,
            @Nullable Mistakes mistakes) {
        this(second, color, tenant, operation, keys, keys, faults, slow, capped, mistakes);
    }

    /**
     * How often a release said that the caller was wrong (4xx).
     *
     * @param requests distinct requests that named the tenant, also with a token that the release refused
     * @param clientErrors of them, answered as the caller's mistake
     */
    public record Mistakes(long requests, long clientErrors) {
        public static final Mistakes NONE = new Mistakes(0, 0);

        public Mistakes plus(Mistakes more) {
            return new Mistakes(requests + more.requests, clientErrors + more.clientErrors);
        }

        /** 0 to 1; 0 without requests. */
        public double share() {
            return requests == 0 ? 0 : (double) clientErrors / requests;
        }
    }
}
