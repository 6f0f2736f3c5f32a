package dev.vextrus.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Generated passwords, each in a file of its own that nobody else may read (0600). */
final class Secrets {
    private static final int BYTES = 24;
    private final Path folder;

    Secrets(Path folder) {
        this.folder = folder;
    }

    Path file(String user) {
        return folder.resolve(user + ".password");
    }

    /** The user's password, made up and kept the first time it is asked for. */
    String password(String user) {
        Path file = file(user);
        try {
            if (!Files.exists(file)) {
                keep(file);
            }
            return Files.readString(file).strip();
        } catch (IOException failed) {
            throw new EmbeddedPostgresException("cannot keep the password of " + user + " in " + file, failed);
        }
    }

    private void keep(Path file) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Path part = folder.resolve(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                part,
                Base64.getUrlEncoder().withoutPadding().encodeToString(random),
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        // Whole or not there: a password cut off by a crash would lock us out of the books.
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
