package dev.vextrus.rollout.preflight;

import java.util.Comparator;
import java.util.List;

/**
 * One line of the checklist.
 *
 * @param name stable, for scripts, such as {@code image}
 * @param what was found
 * @param remedy how to mend it; empty where there is nothing to mend
 */
public record Check(String name, Outcome outcome, String what, String remedy) {

    /** Ordered by gravity. */
    public enum Outcome {
        OK,
        /** A rollout may start, and will do less than it could. */
        WARNING,
        /** A rollout that starts now would not do what its plan says. */
        FAILED
    }

    public static Check ok(String name, String what) {
        return new Check(name, Outcome.OK, what, "");
    }

    public static Check warning(String name, String what, String remedy) {
        return new Check(name, Outcome.WARNING, what, remedy);
    }

    public static Check failed(String name, String what, String remedy) {
        return new Check(name, Outcome.FAILED, what, remedy);
    }

    /** The gravest outcome of a checklist. */
    public static Outcome gravest(List<Check> checks) {
        return checks.stream()
                .map(Check::outcome)
                .max(Comparator.naturalOrder())
                .orElse(Outcome.OK);
    }
}
