package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.engine.Command;
import dev.vextrus.rollout.engine.CommandKind;
import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.port.CommandInbox;
import dev.vextrus.rolloutkubernetes.resource.PhasedRollout;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Commands as annotations of the resource: {@code vextrus.dev/abort="customers complain"}. The CLI writes a {@link Command} as
 * JSON; any other text, as {@code kubectl annotate} gives it, is the reason. Once journalled the annotation is taken away, so
 * that it acts once and can be given again.
 */
public final class AnnotationInbox implements CommandInbox {
    private static final String PREFIX = PhasedRollout.GROUP + "/";

    /** What lets a release go on. In namespaces that ask for it, only a {@code RolloutApproval} may: an annotation proves nobody. */
    public static final Set<CommandKind> BY_APPROVAL = Set.of(CommandKind.PROMOTE, CommandKind.SKIP, CommandKind.RETRY);

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Map<String, Given> given = new LinkedHashMap<>();
    private PhasedRollout resource;

    /** A command and the text of the annotation that it came from. */
    private record Given(CommandKind kind, String text) {}

    AnnotationInbox(KubernetesClient client, InstantSource clock, PhasedRollout resource) {
        this.client = client;
        this.clock = clock;
        this.resource = resource;
    }

    /** The annotation that asks for {@code kind}. */
    public static String annotation(CommandKind kind) {
        return PREFIX + kind.name().toLowerCase(Locale.ROOT);
    }

    /** What the CLI writes as the annotation's value. */
    public static String text(Command command) {
        return RolloutJson.mapper().writeValueAsString(command);
    }

    /** Looks at a newer version of the resource from now on. */
    void at(PhasedRollout newer) {
        resource = newer;
    }

    @Override
    public List<Command> waiting() {
        List<Command> commands = new ArrayList<>();
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        if (annotations != null) {
            for (CommandKind kind : CommandKind.values()) {
                String text = annotations.get(annotation(kind));
                if (text != null) {
                    Command command = read(kind, text);
                    given.put(command.id(), new Given(kind, text));
                    commands.add(command);
                }
            }
        }
        return commands;
    }

    @Override
    public void done(List<Command> commands) {
        for (Command command : commands) {
            Given annotation = given.remove(command.id());
            if (annotation != null) {
                take(annotation);
            }
        }
    }

    /** Only what was obeyed goes: a newer wish of the same kind stays for the next look. */
    private void take(Given annotation) {
        String path = "/metadata/annotations/" + annotation(annotation.kind()).replace("/", "~1");
        List<Map<String, String>> patch = List.of(
                Map.of("op", "test", "path", path, "value", annotation.text()), Map.of("op", "remove", "path", path));
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        if (annotations != null) {
            annotations.remove(annotation(annotation.kind()), annotation.text());
        }
        try {
            client.resources(PhasedRollout.class)
                    .inNamespace(resource.getMetadata().getNamespace())
                    .withName(resource.getMetadata().getName())
                    .patch(PatchContext.of(PatchType.JSON), RolloutJson.mapper().writeValueAsString(patch));
        } catch (KubernetesClientException e) {
            boolean changedMeanwhile = e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == 422;
            if (!changedMeanwhile) {
                throw e;
            }
        }
    }

    private Command read(CommandKind kind, String text) {
        Command written = written(text);
        if (written != null && written.kind() == kind && !written.id().startsWith(ApprovalInbox.IDS)) {
            return written;
        }
        ManagedFieldsEntry writer = writer(kind);
        String at = writer == null ? "" : writer.getTime();
        return new Command(
                resource.getMetadata().getUid() + "/" + kind + "/" + at + "/" + text,
                kind,
                writer == null ? "unknown" : writer.getManager(),
                text,
                at.isEmpty() ? clock.instant() : Instant.parse(at));
    }

    /** Who wrote the annotation, and when: the same text given again later is another command. */
    private @Nullable ManagedFieldsEntry writer(CommandKind kind) {
        for (ManagedFieldsEntry entry : resource.getMetadata().getManagedFields()) {
            boolean wrote = entry.getTime() != null
                    && entry.getFieldsV1() != null
                    && entry.getFieldsV1().getAdditionalProperties().get("f:metadata") instanceof Map<?, ?> metadata
                    && metadata.get("f:annotations") instanceof Map<?, ?> annotations
                    && annotations.containsKey("f:" + annotation(kind));
            if (wrote) {
                return entry;
            }
        }
        return null;
    }

    private static @Nullable Command written(String text) {
        if (!text.startsWith("{")) {
            return null;
        }
        try {
            Command command = RolloutJson.mapper().readValue(text, Command.class);
            boolean whole = Stream.of(command.id(), command.kind(), command.by(), command.reason(), command.at())
                    .allMatch(Objects::nonNull);
            return whole ? command : null;
        } catch (JacksonException notOurs) {
            return null;
        }
    }
}
