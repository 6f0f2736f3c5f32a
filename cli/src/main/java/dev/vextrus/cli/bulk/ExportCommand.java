package dev.vextrus.cli.bulk;

import dev.vextrus.cli.output.ExitCode;
import dev.vextrus.cli.output.Output;
import dev.vextrus.cli.process.Cleanup;
import dev.vextrus.cli.serve.ServiceCalls;
import dev.vextrus.cli.serve.ServiceOptions;
import dev.vextrus.cli.token.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives a book out as text that other tools read. */
@Command(
        name = "export",
        description = "Export a tenant's journal as CSV, or for hledger or Beancount.",
        footer = {
            "",
            "Examples:",
            "  vextrus export --tenant household --format hledger > household.journal",
            "  hledger -f household.journal balance",
            "  vextrus export --tenant household --format beancount --output household.beancount"
        })
public final class ExportCommand implements Callable<Integer> {
    private final Output output;

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @Option(names = "--format", required = true, description = "${COMPLETION-CANDIDATES}")
    private Format format = Format.csv;

    @Option(names = "--output", paramLabel = "FILE", description = "Where to write it (default: standard output).")
    private @Nullable Path file;

    /** Formats, as the service spells them. */
    enum Format {
        csv,
        hledger,
        beancount
    }

    public ExportCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StringWriter kept = new StringWriter();
        long characters;
        try (Cleanup cleanup = Cleanup.armed()) {
            ServiceCalls calls =
                    cleanup.add(new ServiceCalls(service.reachBooks(List.of(Role.viewer), output, cleanup)));
            try (InputStream journal = calls.get("/bulk/export?format=" + format.name());
                    Reader reader = new InputStreamReader(journal, StandardCharsets.UTF_8)) {
                characters = copy(reader, kept);
            }
        }
        if (output.json()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("format", format.name());
            fields.put("characters", characters);
            fields.put(file == null ? "journal" : "file", file == null ? kept.toString() : file.toString());
            output.result(fields);
        }
        return ExitCode.DONE;
    }

    /** Streams, unless the whole text is a field of the JSON answer. */
    private long copy(Reader journal, StringWriter kept) throws IOException {
        if (file != null) {
            try (Writer writer = Files.newBufferedWriter(file)) {
                return journal.transferTo(writer);
            }
        }
        Writer sink = output.json() ? kept : output.standardOutput();
        long characters = journal.transferTo(sink);
        sink.flush();
        return characters;
    }
}
