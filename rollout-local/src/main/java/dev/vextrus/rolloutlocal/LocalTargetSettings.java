package dev.vextrus.rolloutlocal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where and how a workload runs on this machine.
 *
 * @param folder holds everything that outlives the controller: what should run, what runs, logs
 * @param evidence folder for what explains how a release did, one below it for each collection
 * @param proxyCommand program and arguments that start the proxy; its settings come by environment
 * @param proxyPort where clients come in; 0 for a free one, which is then kept
 * @param drainAtMost longest wait for requests in flight before an instance is asked to end
 * @param endAtMost longest wait for an instance that was asked to end; then it is killed
 * @param logBytes most bytes of one instance's log that are kept, twice
 */
public record LocalTargetSettings(
        Path folder,
        Path evidence,
        List<String> proxyCommand,
        int proxyPort,
        Duration drainAtMost,
        Duration endAtMost,
        long logBytes) {
    public LocalTargetSettings {
        folder = folder.toAbsolutePath().normalize();
        evidence = evidence.toAbsolutePath().normalize();
        proxyCommand = List.copyOf(proxyCommand);
        if (proxyCommand.isEmpty()) {
            throw new IllegalArgumentException("proxyCommand: is empty; name the program that starts the proxy");
        }
    }

    /** The usual bounds: 10 s to drain, 15 s to end, 8 MiB of log; evidence is kept in {@code folder} too. */
    public static LocalTargetSettings of(Path folder, List<String> proxyCommand, int proxyPort) {
        return new LocalTargetSettings(
                folder,
                folder.resolve("evidence"),
                proxyCommand,
                proxyPort,
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                8 << 20);
    }

    public LocalTargetSettings withEndAtMost(Duration duration) {
        return new LocalTargetSettings(folder, evidence, proxyCommand, proxyPort, drainAtMost, duration, logBytes);
    }

    /** With evidence in a folder that outlives this one. */
    public LocalTargetSettings withEvidence(Path elsewhere) {
        return new LocalTargetSettings(folder, elsewhere, proxyCommand, proxyPort, drainAtMost, endAtMost, logBytes);
    }
}
