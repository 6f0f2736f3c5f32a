package dev.vextrus.rollout.plan;

/** What stable keeps while the canary grows. */
public enum Capacity {
    /** Stable keeps all its replicas ready to the end: a rollback waits for nothing. */
    FULL,
    /** Stable shrinks as the canary grows: cheaper, but a rollback waits until stable has grown back. */
    PROPORTIONAL
}
