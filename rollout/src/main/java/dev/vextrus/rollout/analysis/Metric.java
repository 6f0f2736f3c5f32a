package dev.vextrus.rollout.analysis;

/** What is counted against a release: requests that failed by its fault, and requests slower than the objective. */
public enum Metric {
    FAULTS,
    SLOW
}
