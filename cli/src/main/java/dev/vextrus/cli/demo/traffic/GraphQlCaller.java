package dev.vextrus.cli.demo.traffic;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.TimeValue;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends GraphQL over keep-alive connections, as a browser or another service does. The client reads and writes on its
 * caller's thread: it shares its processors with what it measures, and the JDK's takes several times as much of them.
 */
public final class GraphQlCaller implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 30;
    private static final int IDLE_SECONDS = 10;

    /** More than ever wait at once: arrivals do not queue up for a connection. */
    private static final int CONNECTIONS = 10_000;

    private final URI endpoint;
    private final HttpHost at;
    private final URIAuthority host;
    private final CloseableHttpClient client;

    public GraphQlCaller(URI endpoint) {
        this(endpoint, endpoint.getRawAuthority());
    }

    /** @param host that is asked for there */
    GraphQlCaller(URI endpoint, String host) {
        this.endpoint = endpoint;
        this.at = HttpHost.create(endpoint);
        this.host = authority(host);
        // Nothing is tried twice or followed unseen: what is counted is what a caller saw.
        this.client = HttpClients.custom()
                .setConnectionManager(connections())
                .evictIdleConnections(TimeValue.ofSeconds(IDLE_SECONDS))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    private static URIAuthority authority(String host) {
        try {
            return URIAuthority.create(host);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("'" + host + "' is no host", malformed);
        }
    }

    private static PoolingHttpClientConnectionManager connections() {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                        .setSocketTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(IDLE_SECONDS))
                        .build())
                .build();
    }

    /**
     * One request.
     *
     * @param operation the operation's name, also sent as {@code X-Operation}
     * @param key the idempotency key of a mutation, empty for a query
     */
    public record Call(String operation, String document, Map<String, ?> variables, String key, String correlation) {}

    /** @throws IOException if the connection ends without an answer */
    public Reply send(String token, Call call) throws IOException {
        return client.execute(at, request(token, call), Reply::of);
    }

    private ClassicHttpRequest request(String token, Call call) {
        byte[] body = JSON.writeValueAsBytes(
                Map.of("query", call.document(), "operationName", call.operation(), "variables", call.variables()));
        ClassicRequestBuilder request = ClassicRequestBuilder.post(endpoint)
                .setAuthority(host)
                .setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON))
                .addHeader("Authorization", "Bearer " + token)
                .addHeader("X-Operation", call.operation())
                .addHeader("X-Correlation-Id", call.correlation());
        if (!call.key().isEmpty()) {
            request.addHeader("Idempotency-Key", call.key());
        }
        return request.build();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
