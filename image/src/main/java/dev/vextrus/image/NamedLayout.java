package dev.vextrus.image;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OCI layout that every importer calls by the same name. An annotation is containerd's way to name an image whole, a
 * {@code manifest.json} is Docker's, and the layout itself stays what the OCI image specification (1.1, image layout)
 * says; so one archive serves {@code ctr images import}, {@code docker load}, Podman, Skopeo and kind.
 */
final class NamedLayout {
    private static final String BLOBS = "blobs/sha256/";

    private NamedLayout() {}

    /** Copies {@code source}, a layout with one image, to {@code target} under {@code name}. */
    static void write(Path source, String name, Path target) throws IOException {
        byte[] index;
        byte[] docker;
        try (TarFile layout = new TarFile(source.toFile())) {
            ObjectNode found = (ObjectNode) JsonMapper.shared().readTree(read(layout, "index.json"));
            ObjectNode entry = (ObjectNode) found.path("manifests").path(0);
            entry.putObject("annotations")
                    .put("io.containerd.image.name", "docker.io/" + name)
                    .put("org.opencontainers.image.ref.name", name.substring(name.lastIndexOf(':') + 1));
            index = JsonMapper.shared().writeValueAsBytes(found);
            JsonNode manifest = JsonMapper.shared()
                    .readTree(read(layout, blob(entry.path("digest").asString())));
            docker = dockerManifest(manifest, name);
        }
        copy(source, target, new TreeMap<>(Map.of("index.json", index, "manifest.json", docker)));
    }

    private static byte[] dockerManifest(JsonNode manifest, String name) {
        List<String> layers = new ArrayList<>();
        manifest.path("layers")
                .forEach(layer -> layers.add(blob(layer.path("digest").asString())));
        return JsonMapper.shared()
                .writeValueAsBytes(List.of(new TreeMap<>(Map.of(
                        "Config", blob(manifest.path("config").path("digest").asString()),
                        "Layers", layers,
                        "RepoTags", List.of(name)))));
    }

    private static void copy(Path source, Path target, Map<String, byte[]> replaced) throws IOException {
        try (InputStream from = new BufferedInputStream(Files.newInputStream(source), 1 << 16);
                var in = new TarArchiveInputStream(from);
                var out =
                        new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(target), 1 << 16))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!replaced.containsKey(entry.getName())) {
                    out.putArchiveEntry(entry(entry.getName(), entry.getSize()));
                    in.transferTo(out);
                    out.closeArchiveEntry();
                }
            }
            for (var file : replaced.entrySet()) {
                out.putArchiveEntry(entry(file.getKey(), file.getValue().length));
                out.write(file.getValue());
                out.closeArchiveEntry();
            }
        }
    }

    private static TarArchiveEntry entry(String name, long size) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setModTime(Fixed.TIME.toEpochMilli());
        entry.setIds(0, 0);
        return entry;
    }

    private static String blob(String digest) {
        return BLOBS + digest.substring(digest.indexOf(':') + 1);
    }

    private static String read(TarFile layout, String name) throws IOException {
        for (TarArchiveEntry entry : layout.getEntries()) {
            if (entry.getName().equals(name)) {
                return new String(layout.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        throw new IOException("the layout has no " + name);
    }
}
