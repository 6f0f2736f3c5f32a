package dev.vextrus.cli.events;

import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.serve.ServiceCalls;
import dev.vextrus.cli.serve.ServiceOptions;
import dev.vextrus.eventstore.ChainBreak;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is proven of a log's hash chains.
 *
 * @param events how many were read
 * @param broken the first break; null where there is none, or the service does not say where it is
 */
record ServiceProof(long events, boolean ok, @Nullable Break broken) {
    private static final String CHECK = "hash-chain";
    /** As the service's integrity report writes it. */
    private static final Pattern BREAK = Pattern.compile("position (\\d+)(?:, tenant ([a-z0-9-]+), (hash|gap|tail))?");

    /**
     * Where a chain is broken.
     *
     * @param tenant null where an older service does not say it, as {@code kind}
     */
    record Break(
            long position,
            @Nullable String tenant,
            @Nullable String kind) {

        static @Nullable Break of(@Nullable ChainBreak found) {
            return found == null
                    ? null
                    : new Break(
                            found.position(),
                            found.tenant().value(),
                            found.kind().name().toLowerCase(Locale.ROOT));
        }

        String say() {
            String meaning = Stream.of(ChainBreak.Kind.values())
                    .filter(one -> one.name().equalsIgnoreCase(kind))
                    .map(one -> " (" + kind + ": " + one.meaning() + ")")
                    .findFirst()
                    .orElse("");
            return (tenant == null ? "" : "tenant " + tenant + ", ") + "first at position " + position + meaning;
        }
    }

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

    static ServiceProof of(JsonNode check) {
        Matcher at = BREAK.matcher(check.path("examples").path(0).asString(""));
        Break broken = at.find() ? new Break(Long.parseLong(at.group(1)), at.group(2), at.group(3)) : null;
        return new ServiceProof(check.path("checked").asLong(), check.path("ok").asBoolean(), broken);
    }

    private static Failure noProof(URI management, String why) {
        return Failure.unavailable(
                "NO_PROOF",
                "--url: " + management + " does not prove its log (" + why + ")",
                "name the management address, as 'vextrus serve' prints it");
    }
}
