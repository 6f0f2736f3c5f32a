package dev.vextrus.rollout.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What runs of a release, in the words of the kind of target that runs it. */
public sealed interface RunSpec {

    /**
     * How what {@code other} starts differs from what this starts, for people, without values that may be secret; empty
     * where both start the same. How a release is asked for its health, and what memory it may take, is no difference.
     */
    String differs(RunSpec other);

    /**
     * A process of a machine.
     *
     * @param command program and arguments; may hold the placeholders of {@link Placeholders}
     * @param environment variables of the process, over those it inherits; values may hold placeholders
     * @param workingDirectory absolute folder the process starts in
     * @param healthPath path that answers 200 when the release may take traffic
     * @param healthPort which of the two ports answers on {@code healthPath}
     * @param livePath path on the same port that a process answers with 200 while it need not be started again; null where
     *     it offers none
     * @param memoryLimitMebibytes a process above it is restarted; null for no limit
     */
    record Program(
            List<String> command,
            Map<String, String> environment,
            String workingDirectory,
            String healthPath,
            HealthPort healthPort,
            @Nullable String livePath,
            @Nullable Integer memoryLimitMebibytes)
            implements RunSpec {

        public Program {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
            if (command.isEmpty()) {
                throw new IllegalArgumentException("command: is empty; name the program that starts the release");
            }
        }

        @Override
        public String differs(RunSpec other) {
            if (!(other instanceof Program program)) {
                return "kind of release";
            }
            List<String> differing = new ArrayList<>();
            if (!command.equals(program.command)) {
                differing.add("command");
            }
            Set<String> names = new TreeSet<>(environment.keySet());
            names.addAll(program.environment.keySet());
            names.removeIf(name -> Objects.equals(environment.get(name), program.environment.get(name)));
            if (!names.isEmpty()) {
                differing.add("environment (" + String.join(", ", names) + ")");
            }
            if (!workingDirectory.equals(program.workingDirectory)) {
                differing.add("working directory");
            }
            return String.join(", ", differing);
        }
    }

    /** Where a process answers whether it is ready. */
    enum HealthPort {
        PUBLIC,
        MANAGEMENT
    }

    /**
     * A pod of a cluster. Kept as text, so that the engine knows nothing of Kubernetes and a journal of ten years ago
     * still says what ran; what a pod's readiness and limits are, the template itself says.
     *
     * @param template a {@code PodTemplateSpec} as JSON in canonical form (sorted keys, no white space): the same
     *     template is the same text, and so the same release
     * @param container name of the container that is released; a template may hold others beside it
     * @param servingPort name of the container's port that customers are served on
     * @param managementPort name of the container's port of health, metrics and the release contract; null where the
     *     release offers none, which leaves out drain and the gates that need the contract
     */
    record PodTemplate(
            String template,
            String container,
            String servingPort,
            @Nullable String managementPort) implements RunSpec {

        public PodTemplate {
            if (!template.startsWith("{")) {
                throw new IllegalArgumentException("template: is no JSON object; give a PodTemplateSpec as JSON");
            }
        }

        @Override
        public String differs(RunSpec other) {
            return equals(other) ? "" : "pod template";
        }

        /** SHA-256 of the template's text, 64 hexadecimal digits: the name of what runs, whatever it calls itself. */
        public String hash() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                return HexFormat.of().formatHex(digest.digest(template.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}
