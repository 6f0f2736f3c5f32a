package dev.vextrus.finance.integrity;

import java.util.List;

/**
 * Whether the books are whole.
 *
 * @param position the place in the log up to which the read model was compared
 */
public record IntegrityReport(long position, List<Check> checks) {

    public IntegrityReport {
        checks = List.copyOf(checks);
    }

    /**
     * One thing that must hold.
     *
     * @param checked how often it was looked at since this process began
     * @param examples of violations, at most {@value Tally#EXAMPLES}
     */
    public record Check(String name, long checked, long violations, List<String> examples) {

        public Check {
            examples = List.copyOf(examples);
        }

        public boolean ok() {
            return violations == 0;
        }
    }

    public boolean ok() {
        return checks.stream().allMatch(Check::ok);
    }
}
