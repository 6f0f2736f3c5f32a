package dev.vextrus.rolloutlocal;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.port.TargetUnavailable;
import dev.vextrus.rollout.proxyapi.ProxyControl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Saves what explains how a colour did, before its instances are gone. */
final class Evidence {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int LOG_TAIL_BYTES = 256 * 1_024;

    private final Path folder;
    private final ProxyControl proxy;

    /** @param folder one for each collection */
    Evidence(Path folder, ProxyControl proxy) {
        this.folder = folder;
        this.proxy = proxy;
    }

    /** @throws TargetUnavailable if nothing could be saved */
    List<String> collect(Color color, List<Instance> instances) {
        List<String> written = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (Instance instance : instances) {
                String id = instance.record().id();
                save(written, id + ".log", instance.log().tail(LOG_TAIL_BYTES));
                // A release's environment may hold secrets: of the record only what is seen from outside is kept.
                save(written, id + ".json", MAPPER.writeValueAsString(instance.view()));
            }
        } catch (IOException failed) {
            throw new TargetUnavailable("evidence: " + folder + " cannot be written", failed);
        }
        figures(written, color);
        return written;
    }

    /** What the proxy counted; its silence is no reason to lose the logs. */
    private void figures(List<String> written, Color color) {
        try {
            save(written, "totals.json", proxy.get("/control/v1/colors").json().toPrettyString());
            save(
                    written,
                    "routing.json",
                    proxy.get("/control/v1/routing").json().toPrettyString());
            ArrayNode samples = MAPPER.createArrayNode();
            long next = 0;
            JsonNode page;
            do {
                page = proxy.get("/control/v1/samples?after=" + next).json();
                next = page.path("next").asLong();
                for (JsonNode sample : page.path("samples")) {
                    if (sample.path("color").asString("").equals(color.label())) {
                        samples.add(sample);
                    }
                }
            } while (page.path("more").asBoolean());
            save(written, "samples.json", samples.toString());
        } catch (IOException silence) {
            written.add("(the proxy's figures are missing: " + silence.getMessage() + ")");
        }
    }

    private void save(List<String> written, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        written.add(file.toString());
    }
}
