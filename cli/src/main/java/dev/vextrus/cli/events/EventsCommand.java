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
import dev.vextrus.kernel.TenantId;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
                "Reads the database itself, whether a service runs on it or not. With --url it asks a service elsewhere",
                "for its own proof, on its management address. A break is told with its tenant, the position and its kind:",
                "hash (an event is not what was written), gap (events are missing before it), tail (the last are missing)."
            },
            footer = {
                "",
                "Examples:",
                "  vextrus events verify",
                "  vextrus events verify --data ~/books --tenant acme --json",
                "  vextrus events verify --url http://localhost:9090"
            })
    public static final class Verify implements Callable<Integer> {
        private final Output output;

        @Mixin
        private DataOption data = new DataOption();

        @Option(names = "--url", description = "The management address of a service, such as http://localhost:9090.")
        private @Nullable URI url;

        @Option(names = "--token", description = "A token for --url, where something before the service asks for one.")
        private String token = "";

        @Option(
                names = "--tenant",
                paramLabel = "T",
                description = "Only this tenant's chain (a service proves all of them together).")
        private @Nullable String tenant;

        public Verify(Output output) {
            this.output = output;
        }

        @Override
        public Integer call() throws InterruptedException {
            if (url != null) {
                return tell(ServiceProof.ask(url, token));
            }
            DataFolder folder = data.existing();
            ChainReport report = verify(folder, named());
            if (tenant != null && report.events() == 0 && report.ok()) {
                throw Failure.usage(
                        "TENANT_UNKNOWN",
                        "--tenant: " + folder.root() + " holds no event of '" + tenant + "'",
                        "check its spelling; without --tenant all chains are checked");
            }
            return tell(new ServiceProof(report.events(), report.ok(), ServiceProof.Break.of(report.broken())));
        }

        int tell(ServiceProof proof) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("events", proof.events());
            fields.put("ok", proof.ok());
            ServiceProof.Break broken = proof.broken();
            fields.put("firstBroken", broken == null ? null : broken.position());
            fields.put("brokenTenant", broken == null ? null : broken.tenant());
            fields.put("brokenKind", broken == null ? null : broken.kind());
            String found = broken == null ? "BROKEN" : "BROKEN, " + broken.say();
            output.answer(proof.events() + " events: " + (proof.ok() ? "every chain is intact" : found), fields);
            return proof.ok() ? ExitCode.DONE : ExitCode.ENDED_BADLY;
        }

        private @Nullable TenantId named() {
            if (tenant == null) {
                return null;
            }
            if (!TenantId.isWellFormed(tenant)) {
                throw Failure.usage("TENANT_INVALID", "--tenant: '" + tenant + "' is no tenant's name", "try acme");
            }
            return TenantId.of(tenant);
        }

        private static ChainReport verify(DataFolder folder, @Nullable TenantId tenant) {
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
                return tenant == null ? store.verifyChains() : store.verifyChain(tenant);
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
