package dev.vextrus.demoreleases.till;

import java.util.stream.Stream;

/** How a till misbehaves. */
enum Mishap {
    NONE("none"),
    /** One request in five fails. */
    ERRORS("errors"),
    /** Every request takes well over the objective. */
    SLOW("slow"),
    /** Dies at start. */
    CRASH("crash"),
    /** Dies soon after its first request. */
    CRASH_LATER("crash-later"),
    NEVER_READY("never-ready");

    private final String label;

    Mishap(String label) {
        this.label = label;
    }

    /** @throws IllegalArgumentException if there is no such mishap */
    static Mishap labelled(String label) {
        return Stream.of(values())
                .filter(mishap -> mishap.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("TILL_FAULT: '" + label + "' is none"));
    }
}
