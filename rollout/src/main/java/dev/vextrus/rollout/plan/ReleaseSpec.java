package dev.vextrus.rollout.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One release as {@code release.yaml} describes it: everything a target needs to run it.
 *
 * @param name what is released, the same for both releases of a plan
 * @param version the release's own name for itself; differs between the two releases of a plan
 * @param command program and arguments; may hold the placeholders of {@link Placeholders}
 * @param environment variables of the process, over those it inherits; values may hold placeholders
 * @param workingDirectory absolute folder the process starts in
 * @param healthPath path that answers 200 when the release may take traffic
 * @param healthPort which of the two ports answers on {@code healthPath}
 * @param memoryLimitMebibytes a process above it is restarted; null for no limit
 * @param slowMillis a request that takes longer counts as slow in the verdict
 * @param readyWithin time from start to ready, beyond which the release counts as never ready
 */
public record ReleaseSpec(
        String name,
        String version,
        List<String> command,
        Map<String, String> environment,
        String workingDirectory,
        String healthPath,
        HealthPort healthPort,
        @Nullable Integer memoryLimitMebibytes,
        int slowMillis,
        Duration readyWithin) {

    /** Where a release answers whether it is ready. */
    public enum HealthPort {
        PUBLIC,
        MANAGEMENT
    }

    public ReleaseSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("command: is empty; name the program that starts the release");
        }
    }
}
