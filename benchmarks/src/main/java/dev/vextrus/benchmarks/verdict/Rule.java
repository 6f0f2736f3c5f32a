package dev.vextrus.benchmarks.verdict;

/** What aborts a canary by looking at its traffic. */
interface Rule {
    /** Takes in the traffic's last window. @return whether the canary is to be aborted */
    boolean abort(SimulatedTraffic traffic);
}
