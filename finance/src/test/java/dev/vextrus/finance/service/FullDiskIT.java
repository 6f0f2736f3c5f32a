package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.embeddedpostgres.Roles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** X24: the disk that the books are on is full, and has room again later. Needs the right to mount a small one. */
class FullDiskIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int MEGABYTES = 320;

    @Test
    void commands_are_refused_as_unavailable_while_there_is_no_room_and_nothing_that_was_taken_is_lost(
            @TempDir Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"), MEGABYTES);
                EmbeddedPostgres server = EmbeddedPostgres.start(disk.folder().resolve("books"));
                RunningService service =
                        RunningService.start(Roles.provision(server).environment())) {
            Client ann = service.freshBooks();
            Entries.openAccounts(ann);

            AtomicInteger taken = new AtomicInteger();
            AtomicReference<Reply> refused = new AtomicReference<>();
            Await.until("an entry is refused", LIMIT, () -> {
                disk.fill();
                Reply reply = post(ann, taken.get() + 1);
                if (isTaken(reply)) {
                    taken.incrementAndGet();
                    return false;
                }
                refused.set(reply);
                return true;
            });
            assertThat(refused.get().status()).isEqualTo(503);
            assertThat(refused.get().errorCode()).isEqualTo("UNAVAILABLE");
            assertThat(refused.get().headers().firstValue("Retry-After")).isPresent();
            assertThat(service.management().get("/health/live").status()).isEqualTo(200);

            disk.empty();
            AtomicReference<Reply> last = new AtomicReference<>();
            Await.until("it is taken when there is room", LIMIT, () -> {
                if (!server.isAlive()) {
                    server.restart();
                }
                last.set(post(ann, taken.get() + 1));
                return isTaken(last.get());
            });
            int entries = taken.get() + 1;
            String sum = entries * (entries + 1) / 2 + ".00";
            Await.until(
                    "every entry that was taken is in the balance, once",
                    LIMIT,
                    () -> ann.ask(
                                    "query($at: Position) { trialBalance(atLeastPosition: $at) { totalDebit } }",
                                    Map.of("at", last.get().data("/postJournalEntry/position")))
                            .data("/trialBalance/totalDebit")
                            .equals(sum));
        }
    }

    /** As many euros as its number, so that the sum tells which are there. */
    private static Reply post(Client ann, int number) {
        Map<String, Object> entry = new HashMap<>(Entries.entry(number + ".00", "-" + number + ".00"));
        entry.put("idempotencyKey", "entry-" + number);
        return ann.change("postJournalEntry", entry);
    }

    private static boolean isTaken(Reply reply) {
        return reply.data("/postJournalEntry/__typename").equals("PostJournalEntrySuccess");
    }
}
