package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.Stage;
import dev.vextrus.rollout.engine.Stage.HoldCause;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rolloutkubernetes.journal.ConfigMapJournal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the journal in the cluster holds of the last rollout. */
record Recorded(List<JournalEntry> entries) {
    Recorded {
        entries = List.copyOf(entries);
    }

    /** @param before id of the rollout before */
    static Recorded of(Till till, String before) {
        List<JournalEntry> all = ConfigMapJournal.read(till.client(), till.namespace(), Till.NAME);
        int start = 0;
        for (int i = 0; i < all.size(); i++) {
            boolean newer = all.get(i).what() instanceof JournalRecord.Started started
                    && !started.state().id().equals(before);
            start = newer ? i : start;
        }
        return new Recorded(all.subList(start, all.size()));
    }

    private <T extends JournalRecord> Stream<T> all(Class<T> kind) {
        return entries.stream().map(JournalEntry::what).filter(kind::isInstance).map(kind::cast);
    }

    /** One beginning, each action once, and no older order of routing after a newer one. */
    void nothingTwice() {
        assertThat(all(JournalRecord.Started.class)).hasSize(1);
        assertThat(all(JournalRecord.Acted.class)).isNotEmpty().doesNotHaveDuplicates();
        assertThat(all(JournalRecord.Decided.class)
                        .map(decided -> decided.state().routing().epoch()))
                .isSorted();
    }

    List<JournalRecord.Resumed> resumed() {
        return all(JournalRecord.Resumed.class).toList();
    }

    /** Operators that had to do with it. */
    Set<String> operators() {
        return Stream.concat(
                        all(JournalRecord.Started.class).map(JournalRecord.Started::by),
                        all(JournalRecord.Resumed.class).map(JournalRecord.Resumed::by))
                .collect(Collectors.toSet());
    }

    /** The one that took it up last. */
    String operator() {
        return entries.stream()
                .map(entry -> switch (entry.what()) {
                    case JournalRecord.Started started -> started.by();
                    case JournalRecord.Resumed resumed -> resumed.by();
                    default -> "";
                })
                .filter(by -> !by.isEmpty())
                .reduce("", (before, last) -> last);
    }

    /** Kinds of stages in the order in which they were entered. */
    List<StageKind> stages() {
        return all(JournalRecord.Decided.class)
                .map(decided -> decided.state().stage().kind())
                .toList();
    }

    /** Why it held, each time. */
    List<HoldCause> holds() {
        return all(JournalRecord.Decided.class)
                .map(decided -> decided.state().stage())
                .filter(Stage.Holding.class::isInstance)
                .map(stage -> ((Stage.Holding) stage).cause())
                .toList();
    }

    /** When a stage was first decided; the beginning of time where it never was. */
    Instant firstAt(StageKind kind) {
        return entries.stream()
                .filter(e -> e.what() instanceof JournalRecord.Decided decided
                        && decided.state().stage().kind() == kind)
                .map(JournalEntry::at)
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    Instant resumedAt() {
        return entries.stream()
                .filter(e -> e.what() instanceof JournalRecord.Resumed)
                .map(JournalEntry::at)
                .findFirst()
                .orElse(Instant.EPOCH);
    }
}
