package dev.vextrus.finance.service;

import dev.vextrus.embeddedpostgres.Roles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** X27: whoever hangs up in mid-request leaves nothing locked, neither in the service nor in the database. */
class HangUpIT {
    @AutoClose
    private static final RunningService service = RunningService.start();

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** More than are worked on at a time, so that no place may be lost. */
    private static final int CLIENTS = 16 * Math.max(2, Runtime.getRuntime().availableProcessors()) + 8;

    @Test
    void clients_that_hang_up_leave_nothing_locked_and_may_ask_again() throws Exception {
        String tenant = RunningService.freshTenant();
        Client ann = service.books(tenant);
        Entries.openAccounts(ann);

        for (int client = 0; client < CLIENTS; client++) {
            hangUp(Tokens.of(tenant, "ann", "admin"), entry(client), client % 4 == 0);
        }

        String last = "";
        for (int client = 0; client < CLIENTS; client++) {
            last = postedOnce(ann, entry(client));
        }
        String at = last;
        Await.until(
                "each is booked once",
                PATIENCE,
                () -> ann.ask(
                                "query($at: Position) { trialBalance(atLeastPosition: $at) { totalDebit } }",
                                Map.of("at", at))
                        .data("/trialBalance/totalDebit")
                        .equals(CLIENTS + ".00"));
        Await.until("no lock is held and no transaction open", PATIENCE, HangUpIT::nothingIsHeld);
    }

    private static Map<String, Object> entry(int client) {
        Map<String, Object> entry = new LinkedHashMap<>(Entries.entry("1.00", "-1.00"));
        entry.put("idempotencyKey", "hung-up-" + client);
        return entry;
    }

    /** Sends a request, or the most of it, and resets the connection without reading an answer. */
    private static void hangUp(String token, Map<String, Object> entry, boolean withinTheBody) throws IOException {
        byte[] body = Client.JSON.writeValueAsBytes(Map.of(
                "query",
                "mutation P($input: PostJournalEntryInput!) { postJournalEntry(input: $input) { __typename } }",
                "variables",
                Map.of("input", entry)));
        String head =
                "POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                        + token + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body, 0, withinTheBody ? body.length - 1 : body.length);
        }
    }

    /** Sends it under its key until it is answered, however busy the machine is, and gives its position. */
    private static String postedOnce(Client client, Map<String, Object> entry) {
        AtomicReference<String> position = new AtomicReference<>("");
        Await.until("it is posted", PATIENCE, () -> {
            try {
                Reply reply = client.change("postJournalEntry", entry);
                position.set(reply.data("/postJournalEntry/position"));
            } catch (UncheckedIOException tookTooLong) {
                // The next may be faster.
            }
            return !position.get().isEmpty();
        });
        return position.get();
    }

    private static boolean nothingIsHeld() {
        TestDatabase database = TestDatabase.shared();
        try (Connection connection = database.server()
                        .dataSource(Roles.DATABASE, database.server().superuser())
                        .getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select (select count(*) from pg_locks where locktype = 'advisory')
                             + (select count(*) from pg_stat_activity where state like 'idle in transaction%')""")) {
            return row.next() && row.getLong(1) == 0;
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
