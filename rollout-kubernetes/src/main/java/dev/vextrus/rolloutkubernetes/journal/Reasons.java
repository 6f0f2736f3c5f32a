package dev.vextrus.rolloutkubernetes.journal;

import dev.vextrus.rollout.audit.JournalRecord;

/** What an entry comes to, in a line for people; empty where there is nothing to say. */
final class Reasons {
    private Reasons() {}

    static String of(JournalRecord what) {
        return switch (what) {
            case JournalRecord.Started started ->
                "begun by " + started.by() + ": " + started.plan().stable().version() + " -> "
                        + started.plan().canary().version();
            case JournalRecord.Resumed resumed -> "taken up again by " + resumed.by();
            case JournalRecord.Decided decided ->
                decided.state().stage().kind()
                        + (decided.why().isEmpty() ? "" : ": " + String.join("; ", decided.why()));
            case JournalRecord.Acted acted -> acted.failure() == null ? "" : acted.failure();
        };
    }
}
