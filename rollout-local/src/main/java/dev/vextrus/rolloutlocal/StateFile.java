package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.json.RolloutJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A small JSON file that is either the old one or the new one, also after a crash. */
final class StateFile<T> {
    private final Path file;
    private final Class<T> type;

    StateFile(Path file, Class<T> type) {
        this.file = file;
        this.type = type;
    }

    /** @throws IllegalStateException where the file is there and does not read */
    @Nullable
    T read() {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return RolloutJson.mapper().readValue(Files.readAllBytes(file), type);
        } catch (IOException | JacksonException unreadable) {
            throw new IllegalStateException("state: " + file + " does not read; move it away", unreadable);
        }
    }

    void write(T value) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(RolloutJson.mapper().writeValueAsBytes(value));
                // The last room of a full disk takes a part of it, and says so by its count alone.
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            } catch (IOException failed) {
                Files.deleteIfExists(next);
                throw failed;
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException("state: " + file + " cannot be written", failed);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException("state: " + file + " cannot be deleted", failed);
        }
    }
}
