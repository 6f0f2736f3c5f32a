package dev.vextrus.rolloutlocal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes secrets once and keeps them in files that only their owner reads. */
record Secrets(RandomGenerator random) {
    private static final int BYTES = 24;

    /** The secret in the file, made now where there is none. */
    String keptIn(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] bytes = new byte[BYTES];
                random.nextBytes(bytes);
                Files.createDirectories(file.getParent());
                Path next = file.resolveSibling(file.getFileName() + ".next");
                Files.deleteIfExists(next);
                Files.createFile(
                        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.write(next, HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.UTF_8));
                Files.move(next, file);
            }
            return Files.readString(file).strip();
        } catch (IOException failed) {
            throw new UncheckedIOException("secret: " + file + " cannot be kept", failed);
        }
    }
}
