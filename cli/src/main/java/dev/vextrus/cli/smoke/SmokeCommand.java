package dev.vextrus.cli.smoke;

import dev.vextrus.cli.data.DataFolder;
import dev.vextrus.cli.data.DataOption;
import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.Cleanup;
import dev.vextrus.cli.serve.Running;
import dev.vextrus.cli.smoke.Finding.Result;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks once whether a finance service does what it must. */
@Command(
        name = "smoke",
        description = {
            "Look once whether a finance service does what it must: health, GraphQL, security, tenants, speed, metrics.",
            "It writes to books of its own only (the tenants smoke-test and smoke-test-other).",
            "Ends with 0 where every check that could be made passed, with 1 where one failed."
        },
        footer = {
            "",
            "Examples:",
            "  vextrus smoke local                      what 'vextrus serve' runs",
            "  vextrus smoke staging                    namespace vextrus-staging of the cluster in KUBECONFIG",
            "  vextrus smoke production --namespace books",
            "  vextrus smoke https://finance.example.org --jwt-secret-file secret"
        })
public final class SmokeCommand implements Callable<Integer> {
    private final Output output;

    @Parameters(paramLabel = "WHERE", description = "staging, production, local, or a URL.")
    private String where = "";

    @Option(
            names = "--namespace",
            paramLabel = "NS",
            description = "Of the cluster (default: vextrus-staging or vextrus-production).")
    private @Nullable String namespace;

    @Option(names = "--management-url", paramLabel = "URL", description = "Where metrics are, with a URL.")
    private @Nullable URI management;

    @Option(
            names = "--jwt-secret-file",
            paramLabel = "FILE",
            description =
                    "With a URL: the secret that tokens are signed with; without it what needs a token is skipped.")
    private @Nullable Path jwtSecretFile;

    @Option(names = "--lenient", description = "With a URL: it runs in the local profile, where introspection is on.")
    private boolean lenient;

    @Mixin
    private DataOption data = new DataOption();

    public SmokeCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        try (Cleanup cleanup = Cleanup.armed()) {
            Caller caller = cleanup.add(new Caller(place(cleanup), Instant.now()));
            for (Check check : checks()) {
                Finding finding = check.make(caller);
                findings.add(finding);
                tell(finding);
            }
        }
        long failed = count(findings, Result.FAILED);
        long skipped = count(findings, Result.SKIPPED);
        long passed = count(findings, Result.PASSED);
        String summary =
                "%d of %d checks passed, %d failed, %d skipped".formatted(passed, findings.size(), failed, skipped);
        output.say(summary);
        if (output.json()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("ok", failed == 0 && passed > 0);
            fields.put("passed", passed);
            fields.put("failed", failed);
            fields.put("skipped", skipped);
            fields.put("checks", findings.stream().map(Finding::fields).toList());
            output.result(fields);
        }
        return failed == 0 && passed > 0 ? ExitCode.DONE : ExitCode.ENDED_BADLY;
    }

    private static List<Check> checks() {
        List<Check> checks = new ArrayList<>(HealthChecks.all());
        checks.addAll(BooksChecks.all());
        checks.addAll(SecurityChecks.all());
        return checks;
    }

    private Place place(Cleanup cleanup) {
        return switch (where) {
            case "staging", "production" ->
                ClusterPlace.find(namespace == null ? "vextrus-" + where : namespace, cleanup);
            case "local" -> local();
            default -> elsewhere();
        };
    }

    private Place local() {
        DataFolder folder = data.existing();
        Running running = Running.read(folder.root())
                .filter(there -> there.supervisor().alive())
                .orElseThrow(() -> Failure.unavailable(
                        "NOT_RUNNING",
                        "--data: nothing serves " + folder.root(),
                        "start it with 'vextrus serve', or name another folder with --data DIR"));
        return new Place(
                URI.create(running.url()),
                Optional.of(URI.create(running.managementUrl())),
                Optional.of(folder.jwtSecret()),
                false);
    }

    private Place elsewhere() {
        if (!where.startsWith("http://") && !where.startsWith("https://")) {
            throw Failure.usage(
                    "PLACE_UNKNOWN",
                    "'" + where + "' is neither staging, production, local nor a URL",
                    "write one such as https://finance.example.org");
        }
        try {
            URI url = URI.create(where.endsWith("/") ? where.substring(0, where.length() - 1) : where);
            return new Place(url, Optional.ofNullable(management), secret(), !lenient);
        } catch (IllegalArgumentException malformed) {
            throw Failure.usage("URL_MALFORMED", "'" + where + "' is not a URL", "write one such as http://host:3014");
        }
    }

    private Optional<byte[]> secret() {
        if (jwtSecretFile == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(jwtSecretFile).strip().getBytes(StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw Failure.usage(
                    "SECRET_UNREADABLE",
                    "--jwt-secret-file: " + jwtSecretFile + " cannot be read",
                    "check the path and its rights");
        }
    }

    private void tell(Finding finding) {
        String colour = switch (finding.result()) {
            case PASSED -> "32";
            case FAILED -> "1;31";
            case SKIPPED -> "33";
        };
        String result = "%-7s".formatted(finding.result().name().toLowerCase(Locale.ROOT));
        output.say("%s  %-16s  %5d ms  %s"
                .formatted(output.paint(colour, result), finding.name(), finding.millis(), finding.detail()));
    }

    private static long count(List<Finding> findings, Result result) {
        return findings.stream().filter(finding -> finding.result() == result).count();
    }
}
