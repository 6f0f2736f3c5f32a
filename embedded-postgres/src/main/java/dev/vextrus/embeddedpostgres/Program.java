package dev.vextrus.embeddedpostgres;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one of PostgreSQL's programs to its end. */
final class Program {
    private Program() {}

    /** @param exitCode 0 where it went well */
    record Outcome(int exitCode, String output) {}

    /** @param folder the working folder, one that the account may enter */
    static Outcome run(Account account, List<String> command, Path folder, Duration atMost) {
        try {
            // To a file, not a pipe: a server that outlives its starter would keep the pipe open and us waiting.
            Path output = Files.createTempFile("vextrus-postgres-", ".out");
            try {
                Process process = new ProcessBuilder(account.running(command))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    throw new EmbeddedPostgresException(
                            command.getFirst() + " did not end within " + atMost + ": " + Files.readString(output));
                }
                return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (IOException failed) {
            throw new EmbeddedPostgresException("cannot run " + command.getFirst(), failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("interrupted while running " + command.getFirst(), stop);
        }
    }
}
