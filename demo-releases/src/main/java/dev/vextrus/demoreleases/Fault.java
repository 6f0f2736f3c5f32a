package dev.vextrus.demoreleases;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is wrong with a release. The variable {@code VEXTRUS_DEMO_FAULT} names it. */
public enum Fault {
    /** One mutation in ten fails. */
    ERRORS,
    /** Every request takes well over the objective. */
    SLOW,
    /** Ends before it is ready. */
    CRASH,
    /** Ends under traffic, again and again. */
    CRASH_LATER,
    /** Answers well, and books a wrong balance in its read model. */
    CORRUPT,
    /** Answers well, balances, and posts some invoices' tax wrongly. */
    MISCALCULATE,
    /** Writes an event that older releases cannot read. */
    INCOMPATIBLE;

    /** The variable that chooses. */
    public static final String VARIABLE = "VEXTRUS_DEMO_FAULT";

    /** As people write it, such as {@code crash-later}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The fault that {@code environment} asks for, if any.
     *
     * @throws IllegalArgumentException if it names none of them
     */
    public static Optional<Fault> in(Map<String, String> environment) {
        String named = environment.get(VARIABLE);
        if (named == null || named.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(Stream.of(values())
                .filter(fault -> fault.label().equals(named))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(VARIABLE + ": '" + named
                        + "' is no fault; use one of errors, slow, crash, crash-later, corrupt,"
                        + " miscalculate, incompatible")));
    }
}
