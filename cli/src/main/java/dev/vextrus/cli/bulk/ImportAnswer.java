package dev.vextrus.cli.bulk;

import dev.vextrus.cli.output.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service says while it imports: lines of progress, then one result. A killed service ends it anywhere. */
final class ImportAnswer {
    private static final int PROGRESS_EVERY = 500;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final BufferedReader lines;
    private final Consumer<String> progress;

    ImportAnswer(InputStream answer, Consumer<String> progress) {
        this.lines = new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8));
        this.progress = progress;
    }

    /** @throws Failure {@code IMPORT_INTERRUPTED} where the answer ends before its result */
    JsonNode result() {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode said = JSON.readTree(line);
                if (said.has("result")) {
                    return said.path("result");
                }
                tell(said.path("progress"));
            }
        } catch (IOException | JacksonException cutOff) {
            throw interrupted(cutOff);
        }
        throw interrupted(null);
    }

    private void tell(JsonNode step) {
        long done = step.path("done").asLong();
        long total = step.path("total").asLong();
        if (done == total || done % PROGRESS_EVERY == 0) {
            progress.accept(step.path("phase").asString() + " " + done + (total > 0 ? " of " + total : ""));
        }
    }

    private static Failure interrupted(@Nullable Exception cause) {
        String code = "IMPORT_INTERRUPTED";
        String message = "the service ended its answer before the import was through";
        String remedy = "run it again: what is there already is known again";
        return cause == null
                ? Failure.unavailable(code, message, remedy)
                : Failure.unavailable(code, message, remedy, cause);
    }
}
