package dev.vextrus.cli.rollout;

import dev.vextrus.cli.process.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Keeps reports below the launcher's folder, or with the temporary files where that cannot be written. */
public final class Reports {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private Reports() {}

    /** The file that now holds {@code html}. */
    public static Path write(String name, String html) throws IOException {
        return Files.writeString(folder().resolve(stamped(name) + ".html"), html);
    }

    /** A new folder for one run's report and what belongs to it. */
    public static Path folder(String name) throws IOException {
        return Files.createDirectories(folder().resolve(stamped(name)));
    }

    private static String stamped(String name) {
        return name + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP);
    }

    private static Path folder() throws IOException {
        try {
            Path folder = Files.createDirectories(
                    JavaProgram.home().resolve(".vextrus").resolve("reports"));
            if (Files.isWritable(folder)) {
                return folder;
            }
        } catch (IOException notHere) {
            return Files.createTempDirectory("vextrus-report");
        }
        return Files.createTempDirectory("vextrus-report");
    }
}
