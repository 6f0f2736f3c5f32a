package dev.vextrus.rollout.engine;

/** What a person may ask of a running rollout. */
public enum CommandKind {
    /** Stop the clock; watching and rolling back go on. */
    PAUSE,
    /** Go on after a pause. */
    RESUME,
    /** Accept the phase as it is: approves one that waits, or ends the bake early, gates still checked. */
    PROMOTE,
    /** End the phase without its bake and its gates; needs a reason. */
    SKIP,
    /** Back to stable now. */
    ABORT,
    /** Try the same release again after a rollback or a refusal. */
    RETRY
}
