package dev.vextrus.rollout.gate;

/** How a gate stands, with the sentence that explains it. */
public record GateStatus(Outcome outcome, String why) {

    /** A gate's outcome. */
    public enum Outcome {
        WAITING,
        PASSED,
        FAILED,
        /** The release does not offer what the gate needs. */
        OFF,
        /** It failed before the first traffic, and a person let the release through. */
        FORCED
    }

    public boolean letsThrough() {
        return switch (outcome) {
            case PASSED, OFF, FORCED -> true;
            case WAITING, FAILED -> false;
        };
    }

    public static GateStatus waiting(String why) {
        return new GateStatus(Outcome.WAITING, why);
    }

    public static GateStatus passed(String why) {
        return new GateStatus(Outcome.PASSED, why);
    }

    public static GateStatus failed(String why) {
        return new GateStatus(Outcome.FAILED, why);
    }

    public static GateStatus off(String why) {
        return new GateStatus(Outcome.OFF, why);
    }

    public static GateStatus forced(String why) {
        return new GateStatus(Outcome.FORCED, why);
    }
}
