package dev.vextrus.cli.data;

import dev.vextrus.cli.output.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A folder that a finance service keeps its data in: {@code postgres/} the database, {@code secrets/} what only its
 * owner may read, {@code serve.json} where the service runs, {@code log/}.
 */
public final class DataFolder {
    private static final FileAttribute<?> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int SECRET_BYTES = 32;
    private static final String DATABASE = "postgres";

    private final Path root;

    private DataFolder(Path root) {
        this.root = root;
    }

    /**
     * The folder at {@code path}, made where there is none.
     *
     * @throws Failure if it cannot be made or written
     */
    public static DataFolder open(Path path) {
        Path root = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            Files.delete(Files.createTempFile(root, "probe", null));
        } catch (IOException e) {
            throw Failure.unavailable(
                    "DATA_NOT_WRITABLE",
                    "--data: " + root + " cannot be written (" + e.getClass().getSimpleName() + ")",
                    "name a folder that you may write with --data DIR",
                    e);
        }
        return new DataFolder(root);
    }

    /**
     * The folder at {@code path}, where a service has kept its data there before.
     *
     * @throws Failure if there is none, or it cannot be written
     */
    public static DataFolder existing(Path path) {
        Path root = path.toAbsolutePath().normalize();
        if (!Files.isDirectory(root.resolve(DATABASE))) {
            throw Failure.usage(
                    "NO_BOOKS",
                    "--data: " + root + " holds no books",
                    "run 'vextrus serve --data DIR' or 'vextrus import FILE --data DIR' first,"
                            + " or name the folder of an earlier one");
        }
        return open(root);
    }

    public Path root() {
        return root;
    }

    public Path logs() {
        return folder("log");
    }

    /** The file with the secret that tokens of this folder's service are signed with; made on first use. */
    public Path jwtSecretFile() {
        return secretFile("jwt");
    }

    public byte[] jwtSecret() {
        try {
            return Files.readString(jwtSecretFile()).strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(jwtSecretFile(), e);
        }
    }

    private Path secretFile(String name) {
        Path file = folder("secrets").resolve(name);
        if (Files.exists(file)) {
            return file;
        }
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n";
        try {
            // Written aside and linked into place: of two first users one wins, and nobody reads half a secret.
            Path draft = Files.createTempFile(file.getParent(), name, null, OWNER_ONLY_FILE);
            Files.writeString(draft, secret, StandardOpenOption.TRUNCATE_EXISTING);
            try {
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException other) {
                return file;
            } finally {
                Files.delete(draft);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return file;
    }

    private Path folder(String name) {
        Path folder = root.resolve(name);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder, OWNER_ONLY_FOLDER);
            }
        } catch (FileAlreadyExistsException other) {
            return folder;
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        return folder;
    }

    private static Failure unreadable(Path path, IOException cause) {
        return Failure.unavailable(
                "DATA_UNREADABLE",
                "--data: " + path + " cannot be read or written ("
                        + cause.getClass().getSimpleName() + ")",
                "check who owns it, or name another folder with --data DIR",
                cause);
    }
}
