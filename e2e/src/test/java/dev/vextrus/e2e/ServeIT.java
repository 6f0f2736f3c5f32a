package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ServeIT {
    private static final String CREATE = """
            mutation { createTenant(input: {name: "Acme", baseCurrency: "EUR", firstPeriod: "2026-01"}) {
              ... on CreateTenantSuccess { position } ... on Refusal { code message } } }""";

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void open() {
        data = Folders.passable(folder).resolve("books");
    }

    @Test
    void what_was_posted_survives_kill_9_of_the_service_of_the_database_and_of_serve_itself() throws Exception {
        int port = Folders.freePort();
        long orphan;
        long database;
        String token;
        String position;
        try (Service service = Service.on(data, port)) {
            token = service.token("acme", "admin", "accountant");
            String created = service.ask(token, CREATE)
                    .path("createTenant")
                    .path("position")
                    .asString();
            assertThat(created).isNotEmpty();
            position = post(service, token, created, "12.34");
            assertBalanced(service, token, position, "12.34");

            Service.killOutright(service.financePid());
            assertBalanced(service, token, position, "12.34");

            Service.killOutright(service.postgresPid());
            assertBalanced(service, token, position, "12.34");

            orphan = service.financePid();
            database = service.postgresPid();
            Service.killOutright(service.pid());
        }
        assertThat(Service.alive(orphan))
                .as("the service outlives a serve that was killed")
                .isTrue();

        try (Service again = Service.on(data, port)) {
            assertThat(Service.alive(orphan))
                    .as("the next serve ends the one left over")
                    .isFalse();
            assertBalanced(again, token, position, "12.34");
            database = again.postgresPid();
            orphan = again.financePid();
        }
        assertThat(Service.alive(orphan)).isFalse();
        Service.awaitGone(database);
    }

    @Test
    void what_the_readme_asks_is_answered() throws Exception {
        List<String> questions = Files.readAllLines(FrontDoor.repository().resolve("README.md")).stream()
                .filter(line -> line.startsWith("ask '"))
                .map(line -> line.substring("ask '".length(), line.lastIndexOf("}'") + 1))
                .toList();
        assertThat(questions).hasSizeGreaterThanOrEqualTo(3);
        try (Service service = Service.on(data, Folders.freePort())) {
            String token = service.token("acme", "admin", "accountant");
            String position = "";
            for (String change : questions.subList(0, questions.size() - 1)) {
                JsonNode answer = service.post(token, change);
                assertThat(answer.findValuesAsString("message"))
                        .as(answer.toString())
                        .isEmpty();
                position = String.join("", answer.findValuesAsString("position"));
            }
            JsonNode balance = service.post(token, questions.getLast().replace("'$AT'", position));

            assertThat(balance.at("/trialBalance/totalDebit").asString())
                    .as("the entry that was just posted: " + balance)
                    .isEqualTo("120.00");
        }
    }

    private static String post(Service service, String token, String created, String amount) throws Exception {
        JsonNode posted = service.ask(token, """
                mutation { postJournalEntry(input: {date: "2026-01-15", lines: [
                  {account: "%s", amount: "%s", currency: "EUR"},
                  {account: "%s", amount: "-%s", currency: "EUR"}]}) {
                  ... on PostJournalEntrySuccess { id position } ... on Refusal { code message field } } }""".formatted(
                        account(service, token, created, "EXPENSE"),
                        amount,
                        account(service, token, created, "REVENUE"),
                        amount));
        assertThat(posted.path("postJournalEntry").has("id"))
                .as(posted.toString())
                .isTrue();
        return posted.path("postJournalEntry").path("position").asString();
    }

    /** The read model follows the log a little later, so it is asked for the chart as it was created. */
    private static String account(Service service, String token, String created, String type) throws Exception {
        JsonNode found = service.ask(
                token,
                "{ accounts(first: 1, filter: {type: " + type + "}, atLeastPosition: \"" + created
                        + "\") { edges { node { code } } } }");
        return found.path("accounts")
                .path("edges")
                .path(0)
                .path("node")
                .path("code")
                .asString();
    }

    private static void assertBalanced(Service service, String token, String position, String amount) throws Exception {
        JsonNode balance = service.askUntilAnswered(
                        token, "{ trialBalance(atLeastPosition: \"" + position + "\") { totalDebit totalCredit } }")
                .path("trialBalance");
        assertThat(balance.path("totalDebit").asString()).isEqualTo(amount);
        assertThat(balance.path("totalCredit").asString()).isEqualTo(amount);
    }

    @Test
    void a_second_serve_on_the_same_folder_says_where_the_first_one_is() throws Exception {
        int port = Folders.freePort();
        try (Service service = Service.on(data, port)) {
            FrontDoor.Ended second = FrontDoor.from(folder)
                    .run("serve", "--data", data.toString(), "--port", Integer.toString(Folders.freePort()));

            assertThat(second.exitCode()).isEqualTo(3);
            assertThat(second.err()).contains("already served", ":" + port, Long.toString(service.pid()));
        }
    }

    @Test
    void a_port_in_use_and_a_folder_that_cannot_be_written_are_named_with_the_remedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FrontDoor.Ended ended = FrontDoor.from(folder)
                    .run(
                            Map.of(),
                            "serve",
                            "--data",
                            data.toString(),
                            "--port",
                            Integer.toString(taken.getLocalPort()));
            assertThat(ended.exitCode()).isEqualTo(3);
            assertThat(ended.err()).contains(Integer.toString(taken.getLocalPort()), "--port");
        }
        FrontDoor.Ended ended = FrontDoor.from(folder).run("serve", "--data", "/proc/nowhere");
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err()).contains("--data", "/proc/nowhere");
    }
}
