package dev.vextrus.cli.serve;

import dev.vextrus.cli.data.DataFolder;
import dev.vextrus.cli.data.DataOption;
import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.Cleanup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the finance service until ctrl-C. */
@Command(
        name = "serve",
        description = {
            "Run the finance service on an embedded PostgreSQL that keeps its data in a folder.",
            "What ends unasked is started again; ctrl-C ends both, the service first.",
            "The service prints to log/finance.log in that folder; past 16 MiB it goes on in a new one, and one old one is kept."
        },
        footer = {
            "",
            "Examples:",
            "  vextrus serve",
            "  vextrus serve --port 8080 --data ~/books",
            "  curl -s localhost:3014/health/ready"
        })
public final class ServeCommand implements Callable<Integer> {
    private static final int MANAGEMENT_PORT = 9090;

    private final Output output;

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--port",
            defaultValue = "3014",
            description = "Port of GraphQL and health, on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
    private int port = 3014;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            description =
                    "Port of metrics and the rollout contract (default: 9090, or a free one where that is taken).")
    private @Nullable Integer managementPort;

    public ServeCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws InterruptedException {
        DataFolder folder = data.open();
        try (Cleanup cleanup = Cleanup.armed()) {
            cleanup.add(FolderLock.tryTake(folder).orElseThrow(() -> alreadyServed(folder)));
            LocalService service = LocalService.start(folder, port, management(), false, output, cleanup);
            tell(service, folder);
            service.watch();
        }
        return ExitCode.DONE;
    }

    private int management() {
        if (managementPort != null) {
            Ports.requireFree(managementPort);
            return managementPort;
        }
        return Ports.isFree(MANAGEMENT_PORT) ? MANAGEMENT_PORT : Ports.free();
    }

    private static Failure alreadyServed(DataFolder folder) {
        String where = Running.read(folder.root())
                .map(running -> "at " + running.url() + " (process "
                        + running.supervisor().pid() + ")")
                .orElse("by another vextrus that is just starting");
        return Failure.unavailable(
                "ALREADY_RUNNING",
                "--data: " + folder.root() + " is already served " + where,
                "use that one, end it with ctrl-C, or name another folder with --data DIR");
    }

    private void tell(LocalService service, DataFolder folder) {
        if (output.json()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("url", service.url());
            fields.put("graphql", service.url() + "/graphql");
            fields.put("managementUrl", service.managementUrl());
            fields.put("data", folder.root().toString());
            output.result(fields);
            return;
        }
        output.say("finance is ready");
        output.say("  GraphQL     " + service.url() + "/graphql");
        output.say("  explorer    " + service.url() + "/graphiql");
        output.say("  management  " + service.managementUrl() + "/metrics, /health/full");
        output.say("  data        " + folder.root());
        output.say("  a token     vextrus token --tenant acme --role admin --data '" + folder.root() + "'");
        output.say("ctrl-C ends it.");
    }
}
