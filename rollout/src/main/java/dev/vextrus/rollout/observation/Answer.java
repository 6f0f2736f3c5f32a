package dev.vextrus.rollout.observation;

/** What came of asking a release for one part of its contract. */
public sealed interface Answer<T> {

    /** The release answered. */
    record Offered<T>(T value) implements Answer<T> {}

    /** The release does not have this part of the contract: the gates that need it are off, and the report says so. */
    record NotOffered<T>() implements Answer<T> {}

    /**
     * Nobody listens where the release would serve its contract. Whether it offers none, or has stopped, only its past can
     * tell.
     */
    record Absent<T>(String why) implements Answer<T> {}

    /** The release did not answer this time. */
    record Unavailable<T>(String why) implements Answer<T> {}
}
