package dev.vextrus.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A copy of {@code deploy/kustomize} in which a test may put an overlay of its own. */
record Overlays(Path root) {

    static Overlays copy(Path repository, Path target) throws IOException {
        Path source = repository.resolve("deploy").resolve("kustomize");
        try (Stream<Path> all = Files.walk(source)) {
            for (Path path : all.toList()) {
                Path copy = target.resolve(source.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        return new Overlays(target);
    }

    /** Those that are to be applied, such as {@code staging} and {@code production/10-30-60-100/phase-1}. */
    List<String> names() throws IOException {
        Path overlays = root.resolve("overlays");
        try (Stream<Path> all = Files.walk(overlays)) {
            return all.filter(path -> path.endsWith("kustomization.yaml"))
                    .map(path -> overlays.relativize(path.getParent()).toString())
                    .filter(name -> name.equals("staging") || name.contains("phase-"))
                    .sorted()
                    .toList();
        }
    }

    /** An overlay upon another that puts everything into {@code namespace}; its folder. */
    Path into(String namespace, String name) throws IOException {
        Path folder = Files.createDirectories(root.resolve("overlays").resolve("it-" + name.replace('/', '-')));
        Files.writeString(folder.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: %s
                resources: [../%s]
                """.formatted(namespace, name));
        return folder;
    }

    /** The objects of a folder, as they would be applied. */
    static List<JsonNode> render(Path folder) throws IOException, InterruptedException {
        Load load = new Load(LoadSettings.builder().build());
        List<JsonNode> objects = new ArrayList<>();
        for (Object document : load.loadAllFromString(Kubectl.ask("kustomize", folder.toString()))) {
            if (document instanceof Map<?, ?> object) {
                objects.add(JsonMapper.shared().valueToTree(object));
            }
        }
        return objects;
    }
}
