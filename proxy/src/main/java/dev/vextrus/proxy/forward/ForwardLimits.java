package dev.vextrus.proxy.forward;

/**
 * What bounds time and memory of forwarding.
 *
 * @param responseTimeoutMillis longest wait for an answer's head after the request was sent; then 504
 * @param streamIdleMillis longest silence of an upstream in the middle of an answer
 * @param clientIdleMillis longest silence of a client that has a request or an answer to move
 * @param connectTimeoutMillis longest wait for a connection to an upstream
 * @param upstreamKeepAliveSeconds how long an unused connection is kept; below what servers allow (Node: 5 s), so that
 *     no request meets a connection that its server is just closing
 * @param maxConnectionsPerUpstream per event loop
 * @param maxWaiting requests waiting for a connection, per upstream and event loop; the next one gets 503
 * @param trustForwarded whether a client's own X-Forwarded headers are kept, for a proxy behind a proxy
 */
public record ForwardLimits(
        int maxHeaderBytes,
        int maxRequestLineBytes,
        long maxBodyBytes,
        int responseTimeoutMillis,
        int streamIdleMillis,
        int clientIdleMillis,
        int connectTimeoutMillis,
        int upstreamKeepAliveSeconds,
        int maxConnectionsPerUpstream,
        int maxWaiting,
        boolean trustForwarded) {
    public static ForwardLimits standard() {
        return new ForwardLimits(16_384, 8_192, 32L << 20, 30_000, 60_000, 60_000, 2_000, 3, 256, 2_000, false);
    }

    public ForwardLimits withResponseTimeoutMillis(int millis) {
        return new ForwardLimits(
                maxHeaderBytes,
                maxRequestLineBytes,
                maxBodyBytes,
                millis,
                streamIdleMillis,
                clientIdleMillis,
                connectTimeoutMillis,
                upstreamKeepAliveSeconds,
                maxConnectionsPerUpstream,
                maxWaiting,
                trustForwarded);
    }

    public ForwardLimits withMaxBodyBytes(long bytes) {
        return new ForwardLimits(
                maxHeaderBytes,
                maxRequestLineBytes,
                bytes,
                responseTimeoutMillis,
                streamIdleMillis,
                clientIdleMillis,
                connectTimeoutMillis,
                upstreamKeepAliveSeconds,
                maxConnectionsPerUpstream,
                maxWaiting,
                trustForwarded);
    }
}
