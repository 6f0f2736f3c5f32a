package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Output;
import dev.vextrus.rollout.preflight.Check;
import dev.vextrus.rollout.preflight.Check.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A checklist for people and scripts, and the exit code that it means. */
final class CheckTable {
    private final Output output;

    CheckTable(Output output) {
        this.output = output;
    }

    /**
     * Tells every check, and what to do where one did not pass.
     *
     * @param subject what was checked
     * @return {@link ExitCode#ENDED_BADLY} where a check failed
     */
    int tell(String subject, List<Check> checks) {
        Outcome gravest = Check.gravest(checks);
        if (output.json()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("subject", subject);
            fields.put("outcome", word(gravest));
            fields.put("checks", checks.stream().map(CheckTable::fields).toList());
            output.result(fields);
        } else {
            print(subject, checks);
        }
        return gravest == Outcome.FAILED ? ExitCode.ENDED_BADLY : ExitCode.DONE;
    }

    private void print(String subject, List<Check> checks) {
        int widest =
                checks.stream().mapToInt(check -> check.name().length()).max().orElse(0);
        output.say("preflight of " + subject + ":");
        for (Check check : checks) {
            String mark = String.format(Locale.ROOT, "%-7s", mark(check.outcome()));
            output.say("  " + output.paint(colour(check.outcome()), mark) + "  "
                    + String.format(Locale.ROOT, "%-" + Math.max(1, widest) + "s", check.name()) + "  " + check.what());
            if (!check.remedy().isEmpty()) {
                output.say(" ".repeat(13 + widest) + "-> " + check.remedy());
            }
        }
        output.say(String.format(
                Locale.ROOT,
                "%d passed, %d warned, %d failed: %s",
                count(checks, Outcome.OK),
                count(checks, Outcome.WARNING),
                count(checks, Outcome.FAILED),
                meaning(Check.gravest(checks))));
    }

    private static String meaning(Outcome gravest) {
        return switch (gravest) {
            case OK -> "a rollout can start";
            case WARNING -> "a rollout can start, and will do less than it could";
            case FAILED -> "a rollout that starts now would not do what its plan says";
        };
    }

    private static long count(List<Check> checks, Outcome outcome) {
        return checks.stream().filter(check -> check.outcome() == outcome).count();
    }

    private static String mark(Outcome outcome) {
        return outcome == Outcome.FAILED ? "FAILED" : word(outcome);
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static String colour(Outcome outcome) {
        return switch (outcome) {
            case OK -> "32";
            case WARNING -> "33";
            case FAILED -> "1;31";
        };
    }

    private static Map<String, Object> fields(Check check) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", check.name());
        fields.put("outcome", word(check.outcome()));
        fields.put("what", check.what());
        fields.put("remedy", check.remedy().isEmpty() ? null : check.remedy());
        return fields;
    }
}
