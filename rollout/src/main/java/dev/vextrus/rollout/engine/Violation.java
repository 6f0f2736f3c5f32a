package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.gate.Difference;
import dev.vextrus.rollout.gate.GateName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gate with tolerance zero that was broken.
 *
 * @param explain what to look at for the side-by-side view; null where the message says it all
 * @param asked how often that was asked for
 */
public record Violation(
        GateName gate,
        ReasonCode reason,
        String message,
        List<Difference> differences,
        @Nullable Look explain,
        int asked) {
    private static final int ENOUGH = 5;

    public Violation {
        differences = List.copyOf(differences);
    }

    Violation askedAgain() {
        return new Violation(gate, reason, message, differences, explain, asked + 1);
    }

    Violation explainedBy(List<Difference> found) {
        return new Violation(gate, reason, message, found, explain, asked);
    }

    Violation withReason(ReasonCode code) {
        return new Violation(gate, code, message, differences, explain, asked);
    }

    boolean needsExplaining() {
        return explain != null && differences.isEmpty() && asked < ENOUGH;
    }
}
