package dev.vextrus.rollout.analysis;

/** Where the canary's expected share of faults came from. */
public enum ShareSource {
    /** Each tenant's own history times its present traffic. */
    BASELINES,
    /** The canary's share of requests, for want of history. */
    REQUESTS,
    /** The larger of both, since the stable release is in an outage that both may share. */
    OUTAGE,
    /** No share: too little stable traffic is left, so the canary is compared with its tenants' history. */
    FROZEN_HISTORY,
    /** As {@link #FROZEN_HISTORY}, with what the stable release did earlier in this rollout for history. */
    FROZEN_STABLE
}
