package dev.vextrus.proxy;

import dev.vextrus.proxy.forward.ForwardLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the proxy runs, from {@code VEXTRUS_PROXY_…} of the environment.
 *
 * @param port where clients come in; 0 for a free one
 * @param controlAddress where the control port listens; 127.0.0.1 unless the controller is on another machine
 * @param controlPort 0 for a free one
 * @param controlToken at least 16 characters
 * @param state folder that keeps the routing over a restart and tells ports and pid; null for none
 * @param threads event loops that carry traffic
 * @param faultCap most faults that count per tenant, operation and second
 * @param drainMillis longest wait for requests in flight when ending
 */
public record ProxySettings(
        String address,
        int port,
        String controlAddress,
        int controlPort,
        String controlToken,
        @Nullable Path state,
        int threads,
        int drainMillis,
        ForwardLimits limits,
        int faultCap) {
    private static final String PREFIX = "VEXTRUS_PROXY_";
    private static final int MIN_TOKEN = 16;

    public ProxySettings {
        if (controlToken.length() < MIN_TOKEN) {
            throw new IllegalArgumentException(
                    PREFIX + "CONTROL_TOKEN (or " + PREFIX + "CONTROL_TOKEN_FILE) needs at least 16 characters");
        }
    }

    /** Everything at its default, on free ports; for tests. */
    public static ProxySettings onFreePorts(String controlToken, int threads, ForwardLimits limits) {
        return new ProxySettings("127.0.0.1", 0, "127.0.0.1", 0, controlToken, null, threads, 10_000, limits, 2);
    }

    /** @throws IllegalArgumentException naming the variable that is wrong */
    public static ProxySettings from(Map<String, String> environment, int processors) {
        ForwardLimits standard = ForwardLimits.standard();
        ForwardLimits limits = new ForwardLimits(
                number(environment, "MAX_HEADER_BYTES", standard.maxHeaderBytes(), 1_024, 1 << 20),
                standard.maxRequestLineBytes(),
                number(environment, "MAX_BODY_BYTES", (int) standard.maxBodyBytes(), 0, Integer.MAX_VALUE),
                number(environment, "RESPONSE_TIMEOUT_MILLIS", standard.responseTimeoutMillis(), 10, 3_600_000),
                number(environment, "STREAM_IDLE_MILLIS", standard.streamIdleMillis(), 100, 3_600_000),
                number(environment, "CLIENT_IDLE_MILLIS", standard.clientIdleMillis(), 100, 3_600_000),
                number(environment, "CONNECT_TIMEOUT_MILLIS", standard.connectTimeoutMillis(), 10, 60_000),
                standard.upstreamKeepAliveSeconds(),
                standard.maxConnectionsPerUpstream(),
                standard.maxWaiting(),
                environment.getOrDefault(PREFIX + "TRUST_FORWARDED", "false").equals("true"));
        String state = environment.get(PREFIX + "STATE");
        return new ProxySettings(
                environment.getOrDefault(PREFIX + "ADDRESS", "127.0.0.1"),
                number(environment, "PORT", 8080, 0, 65_535),
                environment.getOrDefault(PREFIX + "CONTROL_ADDRESS", "127.0.0.1"),
                number(environment, "CONTROL_PORT", 0, 0, 65_535),
                token(environment),
                state == null ? null : Path.of(state),
                number(environment, "THREADS", Math.clamp(processors, 1, 4), 1, 64),
                number(environment, "DRAIN_MILLIS", 30_000, 0, 600_000),
                limits,
                number(environment, "FAULT_CAP", 2, 1, 1_000_000));
    }

    private static String token(Map<String, String> environment) {
        String file = environment.get(PREFIX + "CONTROL_TOKEN_FILE");
        if (file == null) {
            return environment.getOrDefault(PREFIX + "CONTROL_TOKEN", "");
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(PREFIX + "CONTROL_TOKEN_FILE cannot be read: " + file, unreadable);
        }
    }

    private static int number(Map<String, String> environment, String name, int otherwise, int min, int max) {
        String value = environment.get(PREFIX + name);
        if (value == null || value.isBlank()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below, with the value
        }
        throw new IllegalArgumentException(
                PREFIX + name + " is '" + value + "'; give a whole number from " + min + " to " + max);
    }
}
