package dev.vextrus.proxy.counting;

import java.util.HashSet;
import java.util.Set;

/** Admits a bounded number of names; every further one is {@code ~other}. */
final class Names {
    static final String OTHER = "~other";

    private final int max;
    private final Set<String> admitted = new HashSet<>();

    Names(int max) {
        this.max = max;
    }

    String admit(String name) {
        if (admitted.contains(name)) {
            return name;
        }
        if (admitted.size() >= max) {
            return OTHER;
        }
        admitted.add(name);
        return name;
    }

    boolean isAdmitted(String name) {
        return admitted.contains(name);
    }

    /** Forgets the names that are not in use any more, so that a burst of inventions does not blind for good. */
    void retain(Set<String> used) {
        admitted.retainAll(used);
    }
}
