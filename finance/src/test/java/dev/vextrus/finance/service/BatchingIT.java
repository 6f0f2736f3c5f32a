package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BatchingIT {
    private static final String ENTRIES =
            "query($first: Int, $at: Position) { journalEntries(first: $first, atLeastPosition: $at) {"
                    + " edges { node { id lines { amount { amount } account { code parent { code } } } } } } }";

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void twenty_entries_with_their_lines_and_accounts_take_as_many_statements_as_one() {
        Client ann = service.freshBooks();
        ann.change("openAccount", Map.of("code", "Bank", "name", "Bank", "type", "ASSET"));
        ann.change("openAccount", Map.of("code", "Sales", "name", "Sales", "type", "REVENUE"));
        String at = "";
        for (int i = 0; i < 20; i++) {
            at = ann.change("postJournalEntry", FirstEntryIT.entry("1.00", "-1.00"))
                    .data("/postJournalEntry/position");
        }
        // The first question waits for the read model, which may itself ask the database.
        ann.ask(ENTRIES, Map.of("first", 1, "at", at));

        int one = statementsFor(ann, 1, at);
        int twenty = statementsFor(ann, 20, at);

        assertThat(one).isEqualTo(3); // entries, lines, accounts; no account here has a parent
        assertThat(twenty).isEqualTo(one);
    }

    private static int statementsFor(Client client, int entries, String at) {
        int before = ReleaseUnderTestConfiguration.READ_STATEMENTS.get();
        Reply reply = client.ask(ENTRIES, Map.of("first", entries, "at", at));
        assertThat(reply.node("/journalEntries/edges")).hasSize(entries);
        assertThat(reply.data("/journalEntries/edges/0/node/lines/1/account/code"))
                .isEqualTo("Sales");
        return ReleaseUnderTestConfiguration.READ_STATEMENTS.get() - before;
    }
}
