package dev.vextrus.proxy;

import dev.vextrus.proxy.forward.ForwardLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A proxy on free ports, with a client for both of its addresses. */
final class ProxyFixture implements AutoCloseable {
    static final String TOKEN = "control-token-of-the-tests";
    static final String CREDENTIAL = "credential-of-the-probes";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    final RunningProxy proxy;
    final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    ProxyFixture() {
        this(ForwardLimits.standard());
    }

    ProxyFixture(ForwardLimits limits) {
        proxy = new RunningProxy(ProxySettings.onFreePorts(TOKEN, 2, limits), System::currentTimeMillis);
    }

    /** Blue is stable, green the canary. */
    static String routing(long epoch, String blue, String green, double weight, String cohort) {
        return """
                {"epoch":%d,"colors":{"blue":{"version":"1.0.0","upstreams":[%s]},
                 "green":{"version":"1.1.0","upstreams":[%s]}},"stable":"blue","canary":"green","weight":%s,
                 "cohort":%s,"canaryHeader":{"name":"x-canary","credential":"%s"},"slowMillis":300}""".formatted(epoch, quoted(blue), quoted(green), weight, cohort, CREDENTIAL);
    }

    private static String quoted(String addresses) {
        return addresses.isEmpty() ? "" : "\"" + addresses.replace(",", "\",\"") + "\"";
    }

    static final String BY_REQUEST = "{\"mode\":\"request\"}";

    void route(String routing) {
        HttpResponse<String> answer = control("PUT", "/control/v1/routing", routing);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    HttpResponse<String> control(String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.controlPort() + path))
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    JsonNode controlJson(String path) {
        return MAPPER.readTree(control("GET", path, "").body());
    }

    JsonNode color(String name) {
        return controlJson("/control/v1/colors").path("colors").path(name);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** A token that carries the tenant; its signature is rubbish, which the proxy does not mind. */
    static String bearer(String tenant) {
        String claims = "{\"sub\":\"somebody\",\"nested\":{\"tenant\":\"no\"},\"tenant\":\"" + tenant + "\"}";
        return "Bearer e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    /** Waits for a condition, for thirty seconds at most. */
    static void eventually(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 30 s: " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        http.close();
        proxy.close();
    }
}
