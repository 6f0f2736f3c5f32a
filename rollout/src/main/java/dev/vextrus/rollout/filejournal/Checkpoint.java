package dev.vextrus.rollout.filejournal;

import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.json.RolloutJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One file that is replaced whole, so that a crash leaves either the old or the new one. */
record Checkpoint(Path path) {

    private record Saved(long after, RolloutState state) {}

    void write(long after, RolloutState state) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".next");
        byte[] bytes = RolloutJson.mapper().writeValueAsBytes(new Saved(after, state));
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        } catch (IOException failed) {
            // Half of it would take the room of the next whole one.
            Files.deleteIfExists(next);
            throw failed;
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The journal entry after which it was made; 0 if there is none, or none that can be read. */
    long sequence() {
        Saved saved = read();
        return saved == null ? 0 : saved.after();
    }

    @Nullable
    RolloutState state() {
        Saved saved = read();
        return saved == null ? null : saved.state();
    }

    /** A checkpoint only saves repeating some watching: without a readable one the journal suffices. */
    private @Nullable Saved read() {
        try {
            return Files.exists(path) ? RolloutJson.mapper().readValue(Files.readAllBytes(path), Saved.class) : null;
        } catch (IOException | JacksonException e) {
            return null;
        }
    }
}
