package dev.vextrus.cli.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts programs in a session of their own. Ctrl-C reaches every process of the terminal's foreground group at once;
 * a database must outlive the service that is still draining, so the order is ours to keep.
 */
final class OwnSession {
    private static final List<String> PREFIX = Stream.of("/usr/bin/setsid", "/bin/setsid")
            .filter(path -> Files.isExecutable(Path.of(path)))
            .findFirst()
            .map(List::of)
            .orElse(List.of());

    private OwnSession() {}

    /** Words to put before a command; none where the system has no {@code setsid}. */
    static List<String> prefix() {
        return PREFIX;
    }
}
