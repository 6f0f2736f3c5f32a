package dev.vextrus.cli.serve;

import dev.vextrus.cli.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code serve.json} says: who serves a data folder, and where.
 *
 * @param supervisor the command that started the service and watches it
 * @param finance the service's process
 * @param url its public address
 * @param managementUrl its address for health, metrics and the rollout contract
 * @param passing true where another command started it just for its own while
 */
public record Running(
        ProcessIdentity supervisor, ProcessIdentity finance, String url, String managementUrl, boolean passing) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FILE = "serve.json";

    /** What was last written for the folder at {@code root}; its processes may be gone. */
    public static Optional<Running> read(Path root) {
        try {
            return Optional.of(JSON.readValue(Files.readString(root.resolve(FILE)), Running.class));
        } catch (IOException | JacksonException none) {
            // Never written, or torn by a crash of the machine: either way it names nobody.
            return Optional.empty();
        }
    }

    public void write(Path root) throws IOException {
        Path draft = Files.createTempFile(root, FILE, null);
        Files.writeString(draft, JSON.writeValueAsString(this));
        Files.move(draft, root.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void forget(Path root) throws IOException {
        Files.deleteIfExists(root.resolve(FILE));
    }
}
