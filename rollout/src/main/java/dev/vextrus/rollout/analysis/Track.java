package dev.vextrus.rollout.analysis;

/** Which of the two releases answered: the new one under test, or the one that it is compared with. */
public enum Track {
    CANARY,
    STABLE
}
