package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Books of their own for each test, which whatever it tries must leave as they are. */
abstract class UnchangedBooks {
    final Client ann;
    private String before = "";

    UnchangedBooks(RunningService service) {
        this.ann = service.freshBooks();
    }

    @BeforeEach
    void books() {
        before = books(Entries.openAccounts(ann).data("/openAccount/position"));
    }

    /** Whatever was tried: a good entry afterwards is all that the books show. */
    @AfterEach
    void nothing_has_changed() {
        Reply good = ann.change("postJournalEntry", Entries.entry("1.00", "-1.00"));
        String position = good.data("/postJournalEntry/position");
        assertThat(books(position)).isNotEqualTo(before);
        assertThat(ann.ask(
                                "query($at: Position) { journalEntries(atLeastPosition: $at) { edges { node { id } } } }",
                                Map.of("at", position))
                        .node("/journalEntries/edges"))
                .hasSize(1);
    }

    private String books(String position) {
        return ann.ask(
                        "query($at: Position) { trialBalance(atLeastPosition: $at) { lines { account { code } debit credit } } }",
                        Map.of("at", position))
                .node("/trialBalance/lines")
                .toString();
    }
}
