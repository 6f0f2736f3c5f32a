package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.StageKind;
import java.util.Locale;
import java.util.Optional;

/**
 * A journal entry as an event.
 *
 * @param reason in camel case
 */
record Told(String reason, String message, boolean warning) {

    /** Empty where there is nothing to tell people. */
    static Optional<Told> of(JournalEntry entry) {
        return switch (entry.what()) {
            case JournalRecord.Started started ->
                Optional.of(new Told(
                        "Started",
                        started.plan().stable().version() + " -> "
                                + started.plan().canary().version(),
                        false));
            case JournalRecord.Decided decided
            when !decided.why().isEmpty() ->
                Optional.of(new Told(
                        camel(decided.state().stage().kind()),
                        String.join("; ", decided.why()),
                        warns(decided.state().stage().kind())));
            case JournalRecord.Acted acted
            when acted.failure() != null -> Optional.of(new Told("ActionFailed", acted.failure(), true));
            case JournalRecord.Decided _, JournalRecord.Acted _, JournalRecord.Resumed _ -> Optional.empty();
        };
    }

    private static boolean warns(StageKind kind) {
        return switch (kind) {
            case HOLDING, AWAITING_APPROVAL, ROLLING_BACK, ROLLED_BACK, REFUSED -> true;
            default -> false;
        };
    }

    /** {@code AwaitingApproval} for {@code AWAITING_APPROVAL}. */
    static String camel(StageKind kind) {
        StringBuilder name = new StringBuilder();
        for (String part : kind.name().split("_", -1)) {
            name.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
