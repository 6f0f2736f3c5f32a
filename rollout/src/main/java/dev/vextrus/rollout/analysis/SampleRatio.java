package dev.vextrus.rollout.analysis;

/**
 * Whether requests went where the split sends them. A mismatch makes every comparison doubtful and is itself a fault of
 * the routing, not of the release.
 *
 * @param requests   requests sent since the split was last changed
 * @param expected   how many of them should have reached the canary
 * @param observed   how many did
 * @param misrouted  requests of a tenant that reached the track which is not its own; 0 where the split is by request
 * @param mismatch   whether the difference is beyond chance (by request) or beyond what a shift leaves behind (by tenant)
 */
public record SampleRatio(long requests, double expected, long observed, long misrouted, boolean mismatch) {}
