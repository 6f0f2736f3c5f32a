package dev.vextrus.cli.events;

import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.serve.ServiceCalls;
import dev.vextrus.cli.serve.ServiceOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is proven of a log's hash chains.
 *
 * @param events how many were read
 * @param firstBroken position of the first event that its chain does not bear out
 */
record ServiceProof(long events, boolean ok, OptionalLong firstBroken) {
    private static final String CHECK = "hash-chain";
    private static final Pattern POSITION = Pattern.compile("position (\\d+)");

    /** Asks a service by the release contract's {@code /rollout/v1/integrity}. */
    static ServiceProof ask(URI management, String token) throws InterruptedException {
        try (ServiceCalls calls = new ServiceCalls(new ServiceOptions.Reached(management, token));
                InputStream body = calls.get("/rollout/v1/integrity")) {
            JsonNode report = JsonMapper.shared().readTree(body);
            for (JsonNode check : report.path("checks")) {
                if (check.path("name").asString("").equals(CHECK)) {
                    return of(check);
                }
            }
        } catch (IOException | JacksonException e) {
            throw noProof(management, e.getClass().getSimpleName());
        }
        throw noProof(management, "its proof names no " + CHECK);
    }

    private static ServiceProof of(JsonNode check) {
        Matcher position = POSITION.matcher(check.path("examples").path(0).asString(""));
        OptionalLong broken =
                position.find() ? OptionalLong.of(Long.parseLong(position.group(1))) : OptionalLong.empty();
        return new ServiceProof(check.path("checked").asLong(), check.path("ok").asBoolean(), broken);
    }

    private static Failure noProof(URI management, String why) {
        return Failure.unavailable(
                "NO_PROOF",
                "--url: " + management + " does not prove its log (" + why + ")",
                "name the management address, as 'vextrus serve' prints it");
    }
}
