package dev.vextrus.cli.events;

import dev.vextrus.cli.data.DataFolder;
import dev.vextrus.cli.data.DataOption;
import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.Cleanup;
import dev.vextrus.embeddedpostgres.EmbeddedPostgres;
import dev.vextrus.embeddedpostgres.EmbeddedPostgresException;
import dev.vextrus.embeddedpostgres.Role;
import dev.vextrus.embeddedpostgres.Roles;
import dev.vextrus.eventstore.ChainReport;
import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.eventstore.postgres.PostgresEventStore;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Questions about the log. */
@Command(
        name = "events",
        description = "Look at the log of events.",
        footer = {"", "Examples:", "  vextrus events verify", "  vextrus events verify --data ~/books --json"})
public final class EventsCommand implements Runnable {

    /** Only its verbs do something. */
    @Override
    public void run() {
        throw Failure.usage("COMMAND_MISSING", "events: no verb given", "try 'vextrus events verify'");
    }

    /** Checks the hash chains. */
    @Command(
            name = "verify",
            description = {
                "Read the whole log of a data folder and check every tenant's hash chain.",
                "Reads the database itself, whether a service runs on it or not."
            },
            footer = {"", "Examples:", "  vextrus events verify", "  vextrus events verify --data ~/books --json"})
    public static final class Verify implements Callable<Integer> {
        private final Output output;

        @Mixin
        private DataOption data = new DataOption();

        public Verify(Output output) {
            this.output = output;
        }

        @Override
        public Integer call() {
            DataFolder folder = data.open();
            if (!Files.isDirectory(folder.root().resolve("postgres"))) {
                throw Failure.usage(
                        "NO_BOOKS",
                        "--data: " + folder.root() + " holds no books",
                        "name the folder of a 'vextrus serve'");
            }
            ChainReport report = verify(folder);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("events", report.events());
            fields.put("ok", report.ok());
            fields.put(
                    "firstBroken",
                    report.firstBroken().isPresent() ? report.firstBroken().getAsLong() : null);
            output.answer(
                    report.events() + " events: "
                            + (report.ok()
                                    ? "every chain is intact"
                                    : "BROKEN, first at position "
                                            + report.firstBroken().getAsLong()),
                    fields);
            return report.ok() ? ExitCode.DONE : ExitCode.ENDED_BADLY;
        }

        private static ChainReport verify(DataFolder folder) {
            try (Cleanup cleanup = Cleanup.armed()) {
                EmbeddedPostgres postgres = cleanup.add(EmbeddedPostgres.start(folder.root()));
                Roles roles = Roles.provision(postgres);
                PostgresEventStore store = cleanup.add(new PostgresEventStore(
                        new PostgresEventStore.Sources(
                                roles.dataSource(Role.APPENDER),
                                roles.dataSource(Role.PROJECTOR),
                                roles.dataSource(Role.READER)),
                        "vextrus-cli",
                        InstantSource.system()));
                return store.verifyChains(0);
            } catch (EmbeddedPostgresException | StoreUnavailable e) {
                throw Failure.unavailable(
                        "DATABASE_UNAVAILABLE",
                        "--data: the database in " + folder.root() + " does not answer: " + e.getMessage(),
                        "see " + folder.logs(),
                        e);
            }
        }
    }
}
