package dev.vextrus.rollout.engine;

/**
 * Why a rollout ended, or went back, other than by success. The names are stable: scripts match on them, and
 * {@code docs/reasons.md} explains each.
 */
public enum ReasonCode {
    HARMFUL_ERRORS("the new release fails more often than the stable one, beyond chance"),
    HARMFUL_LATENCY("the new release is slow more often than the stable one, beyond chance"),
    ERROR_RATE("the new release's error rate is above the plan's bound, and stable's is not"),
    CLIENT_ERRORS("the new release blames its callers (4xx) where the stable one did not"),
    LATENCY("the new release's 95th percentile is above the plan's bound, and stable's is not"),
    CRASH_LOOP("the new release's instances keep dying"),
    NEVER_READY("the new release did not become ready within its deadline"),
    READINESS_LOST("the new release was ready, and is no longer"),
    LEDGER_CORRUPTED("an integrity check of the data failed"),
    READ_MODEL_DIVERGED("the new release's read model differs from the events or from the stable one's"),
    DECISIONS_DIFFER("the new release decides recorded commands otherwise than they were decided"),
    EVENTS_INCOMPATIBLE("the new release writes events that the stable one cannot read"),
    METRICS_MISSING("nobody could see for too long how the traffic does"),
    MISROUTED("requests did not go where the routing sends them, and sending them again did not help"),
    CONTRACT_SILENT("a release that offers its contract did not answer what its gates ask"),
    ABORTED_BY_PERSON("a person asked for it"),
    SUPERSEDED("a newer release took its place"),
    PREFLIGHT_FAILED("something that the rollout needs was not there before it began"),
    STABLE_DIFFERS("another release serves than the one that the plan names as stable"),
    STABLE_NOT_READY("the stable release is not ready, so there is nothing to go back to");

    private final String meaning;

    ReasonCode(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
