package dev.vextrus.rollout.observation;

/**
 * One colour's traffic of one tenant and operation in one closed second, probes left out.
 *
 * @param second seconds since 1970
 * @param keys distinct requests, retries counted once
 * @param faults distinct requests that failed, up to the cap
 * @param slow distinct requests over the release's slow objective, up to the cap
 * @param capped whether the cap was met
 */
public record TenantWindow(
        long second, Color color, String tenant, String operation, long keys, long faults, long slow, boolean capped) {}
