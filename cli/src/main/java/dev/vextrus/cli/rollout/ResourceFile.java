package dev.vextrus.cli.rollout;

import dev.vextrus.cli.output.Failure;
import dev.vextrus.rollout.planfile.Nesting;
import dev.vextrus.rollout.planfile.Problem;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A {@code PhasedRollout} for a cluster, as a file that {@code kubectl apply} would take.
 *
 * @param written as it stands in the file, with whatever fields it has
 */
record ResourceFile(GenericKubernetesResource written) {
    private static final Pattern DOCUMENTS = Pattern.compile("(?m)^---.*$");
    private static final String KIND = "PhasedRollout";

    /**
     * The file's first PhasedRollout that names pods; empty where it has none: then it is a plan for this machine.
     *
     * @throws Failure if the file cannot be read
     */
    static Optional<ResourceFile> read(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            Optional<Problem> tooDeep = Nesting.tooDeep(file.toString(), text);
            if (tooDeep.isPresent()) {
                throw PlanFile.invalid(List.of(tooDeep.get()));
            }
            for (String document : DOCUMENTS.split(text, -1)) {
                if (document.contains(KIND)) {
                    GenericKubernetesResource found =
                            Serialization.unmarshal(document, GenericKubernetesResource.class);
                    if (found != null && forCluster(found)) {
                        return Optional.of(new ResourceFile(found));
                    }
                }
            }
            return Optional.empty();
        } catch (NoSuchFileException missing) {
            throw Failure.usage(
                    "PLAN_NOT_FOUND",
                    "there is no file " + file,
                    "check the path; or name one in a" + " cluster as phasedrollout/NAME, or with --namespace");
        } catch (CharacterCodingException otherEncoding) {
            throw Failure.usage("PLAN_UNREADABLE", file + " is not UTF-8", "save it as UTF-8");
        } catch (Failure told) {
            throw told;
        } catch (IOException | RuntimeException unreadable) {
            throw Failure.usage(
                    "PLAN_UNREADABLE",
                    file + " cannot be read: " + unreadable.getMessage(),
                    "it must be YAML, as 'kubectl apply -f' takes it");
        }
    }

    private static boolean forCluster(GenericKubernetesResource found) {
        return KIND.equals(found.getKind())
                && found.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec
                && (spec.containsKey("template") || spec.containsKey("workloadRef"));
    }

    String name() {
        return String.valueOf(written.getMetadata().getName());
    }

    /** As the operator would read it. */
    PhasedRollout resource() {
        return Serialization.unmarshal(Serialization.asJson(written), PhasedRollout.class);
    }
}
