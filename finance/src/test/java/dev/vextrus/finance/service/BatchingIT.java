package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BatchingIT {
    @AutoClose
    private static final RunningService service = RunningService.start();

    private static final String ENTRIES =
            "query($first: Int, $at: Position) { journalEntries(first: $first, atLeastPosition: $at) {"
                    + " edges { node { id lines { amount { amount } account { code parent { code } } } } } } }";

    @Test
    void twenty_entries_with_their_lines_and_accounts_take_as_many_statements_as_one() {
        Client ann = service.freshBooks();
        Entries.openAccounts(ann);
        String at = "";
        for (int i = 0; i < 20; i++) {
            at = ann.change("postJournalEntry", Entries.entry("1.00", "-1.00")).data("/postJournalEntry/position");
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
        assertThat(reply.body().has("errors")).as("errors in " + reply.body()).isFalse();
        assertThat(reply.node("/journalEntries/edges")).hasSize(entries);
        assertThat(reply.data("/journalEntries/edges/0/node/lines/1/account/code"))
                .isEqualTo("Sales");
        return ReleaseUnderTestConfiguration.READ_STATEMENTS.get() - before;
    }

    @Test
    void accounts_with_a_parent_and_without_one_are_answered_together() {
        Client ann = service.freshBooks();
        ann.change("openAccount", Map.of("code", "Bank", "name", "Bank", "type", "ASSET"));
        String at = ann.change("openAccount", Map.of("code", "Till", "name", "Till", "type", "ASSET", "parent", "Bank"))
                .data("/openAccount/position");

        Reply reply = ann.ask(
                "query($at: Position) { accounts(first: 100, atLeastPosition: $at) { edges { node { code parent { code } } } } }",
                Map.of("at", at));

        assertThat(reply.body().has("errors")).as("errors in " + reply.body()).isFalse();
        Map<String, String> parents = new HashMap<>();
        reply.node("/accounts/edges")
                .forEach(edge -> parents.put(
                        edge.at("/node/code").asString(),
                        edge.at("/node/parent/code").asString()));
        assertThat(parents).containsEntry("Till", "Bank").containsEntry("Bank", "");
    }
}
