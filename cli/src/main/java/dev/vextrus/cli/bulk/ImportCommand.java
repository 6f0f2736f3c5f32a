package dev.vextrus.cli.bulk;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.Cleanup;
import dev.vextrus.cli.serve.ServiceCalls;
import dev.vextrus.cli.serve.ServiceOptions;
import dev.vextrus.cli.token.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Brings a book in: docs/contracts/bulk-api.md. */
@Command(
        name = "import",
        description = {
            "Import a journal from CSV, as 'hledger print -O csv' writes it; nothing of it where a row is refused.",
            "Makes the tenant where there is none, its accounts, and the periods that the dates need.",
            "What was imported before is known again: an import that was cut off is finished by running it again."
        },
        footer = {
            "",
            "Examples:",
            "  hledger -f my.journal print -O csv > my.csv",
            "  vextrus import my.csv --tenant household",
            "  vextrus import my.csv --tenant household --skip-commodity VACHR --map-commodity '$=USD'",
            "  vextrus import my.csv --tenant club --account-type Vermoegen=ASSET --base-currency EUR"
        })
public final class ImportCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Output output;

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @Parameters(paramLabel = "FILE", description = "The CSV file.")
    private Path file = Path.of("");

    @Option(names = "--base-currency", paramLabel = "CUR", description = "Base currency of a new tenant, such as EUR.")
    private @Nullable String baseCurrency;

    @Option(names = "--name", description = "Name of a new tenant.")
    private @Nullable String name;

    @Option(
            names = "--skip-commodity",
            paramLabel = "C",
            description = "Leave postings in this commodity out; may be repeated.")
    private List<String> skipCommodities = List.of();

    @Option(
            names = "--map-commodity",
            paramLabel = "C=CUR",
            description = "Take postings in one commodity as another; may be repeated.")
    private List<String> mapCommodities = List.of();

    @Option(
            names = "--account-type",
            paramLabel = "NAME=TYPE",
            description = "Type of the accounts below a top-level name: ASSET, LIABILITY, EQUITY, REVENUE, EXPENSE.")
    private List<String> accountTypes = List.of();

    public ImportCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw Failure.usage("FILE_UNREADABLE", "FILE: " + file + " cannot be read", "name a CSV file");
        }
        JsonNode result;
        try (Cleanup cleanup = Cleanup.armed()) {
            ServiceOptions.Reached reached =
                    service.reach(List.of(Role.accountant, Role.controller, Role.admin), output, cleanup);
            ServiceCalls calls = cleanup.add(new ServiceCalls(reached));
            try (InputStream answer = calls.post("/bulk/import" + query(), "text/csv", BodyPublishers.ofFile(file))) {
                result = new ImportAnswer(answer, output::progress).result();
            }
        }
        return tell(result);
    }

    private String query() {
        List<String> words = new ArrayList<>();
        add(words, "baseCurrency", baseCurrency);
        add(words, "name", name);
        skipCommodities.forEach(value -> add(words, "skipCommodity", value));
        mapCommodities.forEach(value -> add(words, "mapCommodity", value));
        accountTypes.forEach(value -> add(words, "accountType", value));
        return words.isEmpty() ? "" : "?" + String.join("&", words);
    }

    private static void add(List<String> words, String name, @Nullable String value) {
        if (value != null) {
            words.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private int tell(JsonNode result) {
        boolean imported = result.path("outcome").asString().equals("imported");
        if (output.json()) {
            output.result(JSON.convertValue(result, new TypeReference<Map<String, Object>>() {}));
            return imported ? ExitCode.DONE : ExitCode.ENDED_BADLY;
        }
        output.say(result.path("outcome").asString() + ": "
                + result.path("imported").asLong() + " imported, "
                + result.path("known").asLong() + " known already, "
                + result.path("skipped").asLong() + " skipped, "
                + result.path("refused").asLong() + " refused");
        if (!imported) {
            RefusedRows.of(result).lines().forEach(output::say);
        }
        return imported ? ExitCode.DONE : ExitCode.ENDED_BADLY;
    }
}
