package dev.vextrus.rollout.observation;

import java.util.List;

/** A release's own proof of its data at a log position. */
public record IntegrityReport(long position, boolean ok, List<Check> checks) {

    /**
     * @param checked how many things were looked at
     * @param violations how many of them were wrong
     * @param examples a few of the wrong ones, for people
     */
    public record Check(String name, boolean ok, long checked, long violations, List<String> examples) {
        public Check {
            examples = List.copyOf(examples);
        }
    }

    public IntegrityReport {
        checks = List.copyOf(checks);
    }

    public List<Check> failed() {
        return checks.stream().filter(c -> !c.ok()).toList();
    }
}
