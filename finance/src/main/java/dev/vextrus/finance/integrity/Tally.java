package dev.vextrus.finance.integrity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Counts how often something held and how often not. */
final class Tally {
    static final int EXAMPLES = 5;

    private final String name;
    private long checked;
    private long violations;
    private final List<String> examples = new ArrayList<>();

    Tally(String name) {
        this.name = name;
    }

    /** @return whether it held */
    boolean check(boolean holds, Supplier<String> example) {
        checked++;
        if (!holds) {
            violations++;
            if (examples.size() < EXAMPLES) {
                examples.add(example.get());
            }
        }
        return holds;
    }

    void counted(long more) {
        checked += more;
    }

    IntegrityReport.Check toCheck() {
        return new IntegrityReport.Check(name, checked, violations, examples);
    }
}
