package dev.vextrus.embeddedpostgres;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The account of the operating system that the server runs under. PostgreSQL refuses to run as root; started by root,
 * it runs as {@code postgres} where there is such a user, else as {@code nobody}. Otherwise as whoever we are.
 */
final class Account {
    private static final List<String> CANDIDATES = List.of("postgres", "nobody");
    private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

    private final @Nullable String user;

    private Account(@Nullable String user) {
        this.user = user;
    }

    static Account forServer() {
        if (!weAreRoot()) {
            return new Account(null);
        }
        return CANDIDATES.stream()
                .filter(Account::exists)
                .findFirst()
                .map(Account::new)
                .orElseThrow(() -> new EmbeddedPostgresException(
                        "PostgreSQL refuses to run as root and there is no user " + String.join(" or ", CANDIDATES)
                                + "; run as another user, or add one: useradd --system postgres"));
    }

    /** The words that start {@code command} under this account. */
    List<String> running(List<String> command) {
        if (user == null) {
            return command;
        }
        List<String> words = new ArrayList<>(switching(user));
        words.addAll(command);
        return words;
    }

    private static List<String> switching(String user) {
        Optional<String> setpriv = find("setpriv");
        if (setpriv.isPresent()) {
            return List.of(setpriv.get(), "--reuid=" + user, "--regid=" + groupId(user), "--clear-groups", "--");
        }
        return find("runuser")
                .map(runuser -> List.of(runuser, "-u", user, "--"))
                .orElseThrow(() -> new EmbeddedPostgresException(
                        "PostgreSQL refuses to run as root and neither setpriv nor runuser is here to run it as " + user
                                + "; install util-linux, or run as another user"));
    }

    /** A folder of this account's own, closed to everybody else. */
    void own(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        give(folder);
    }

    void give(Path file) throws IOException {
        if (user != null) {
            UserPrincipalLookupService lookup = FileSystems.getDefault().getUserPrincipalLookupService();
            Files.getFileAttributeView(file, PosixFileAttributeView.class).setOwner(lookup.lookupPrincipalByName(user));
        }
    }

    /** Makes sure that this account can reach what lies in {@code folder}, whose own mode may be changed for it. */
    void reach(Path folder) throws IOException {
        if (user == null) {
            return;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(folder);
        if (mode.add(PosixFilePermission.OTHERS_EXECUTE)) {
            Files.setPosixFilePermissions(folder, mode);
        }
        for (Path parent = folder.getParent(); parent != null; parent = parent.getParent()) {
            if (!Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw new EmbeddedPostgresException("the data folder " + folder + " lies in " + parent
                        + ", which user " + user + " (PostgreSQL refuses to run as root) may not enter;"
                        + " choose another data folder, or allow it: chmod o+x " + parent);
            }
        }
    }

    static boolean weAreRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException noProc) {
            return System.getProperty("user.name").equals("root");
        }
    }

    private static boolean exists(String user) {
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user);
            return true;
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    private static String groupId(String user) {
        try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 3 && fields[0].equals(user))
                    .map(fields -> fields[3])
                    .findFirst()
                    .orElse("nogroup");
        } catch (IOException unreadable) {
            throw new EmbeddedPostgresException("cannot read /etc/passwd to find the group of " + user, unreadable);
        }
    }

    private static Optional<String> find(String program) {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
