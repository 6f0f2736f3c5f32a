package dev.vextrus.proxy.counting;

/**
 * What bounds the memory of counting, whatever clients send.
 *
 * @param faultCap most faults (and slow requests) that count per tenant, operation and second
 * @param keepSeconds how long closed windows are kept
 * @param maxSamples most closed windows kept; the oldest go first
 * @param maxTenants most tenants told apart; the rest are {@code ~other}
 * @param maxOperations most operations told apart; the rest are {@code ~other}
 * @param rememberSeconds how long a key is known, so that its retries are recognised
 * @param maxKeys most keys remembered at a time
 * @param attemptsPerId most requests of an operation that one correlation id makes one of; beyond, it is taken for no id
 */
public record CountingLimits(
        int faultCap,
        int keepSeconds,
        int maxSamples,
        int maxTenants,
        int maxOperations,
        int rememberSeconds,
        int maxKeys,
        int attemptsPerId) {
    public static CountingLimits standard() {
        return new CountingLimits(2, 15 * 60, 200_000, 5_000, 200, 60, 200_000, 10);
    }

    /** The same with another cap. */
    public CountingLimits withFaultCap(int cap) {
        return new CountingLimits(
                cap, keepSeconds, maxSamples, maxTenants, maxOperations, rememberSeconds, maxKeys, attemptsPerId);
    }
}
