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
        String file = name + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP) + ".html";
        Path folder = JavaProgram.home().resolve(".vextrus").resolve("reports");
        try {
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve(file), html);
        } catch (IOException notHere) {
            return Files.writeString(Files.createTempDirectory("vextrus-report").resolve(file), html);
        }
    }
}
