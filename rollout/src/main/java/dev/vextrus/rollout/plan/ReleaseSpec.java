package dev.vextrus.rollout.plan;

import java.time.Duration;

/**
 * One release as its description has it: everything a target needs to run it, and what its traffic is judged by.
 *
 * @param name what is released, the same for both releases of a plan
 * @param version the release's own name for itself; differs between the two releases of a plan
 * @param run what runs; its kind fits the plan's target
 * @param slowMillis a request that takes longer counts as slow in the verdict
 * @param readyWithin time from start to ready, beyond which the release counts as never ready
 */
public record ReleaseSpec(String name, String version, RunSpec run, int slowMillis, Duration readyWithin) {

    /** Whether both are one release: the same version of the same thing, however it is measured. */
    public boolean sameRelease(ReleaseSpec other) {
        return version.equals(other.version) && run.differs(other.run).isEmpty();
    }
}
