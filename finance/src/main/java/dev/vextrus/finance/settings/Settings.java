package dev.vextrus.finance.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the service is told, checked. {@code docs/contracts/finance-settings.md} lists the variables.
 *
 * @param publicAddress of GraphQL and health
 * @param management of metrics, health and the rollout contract; never to be reached from outside
 * @param drainLimit how long a stopping process waits, at most, for requests to end
 * @param corsOrigins exact origins that browsers may call from; empty: none
 * @param uploads files that are imported
 */
public record Settings(
        Profile profile,
        Database database,
        Tokens tokens,
        Address publicAddress,
        Address management,
        Release release,
        Duration drainLimit,
        List<String> corsOrigins,
        RateLimits rateLimits,
        Uploads uploads) {

    public Settings {
        corsOrigins = List.copyOf(corsOrigins);
    }

    /**
     * The database, by role.
     *
     * @param administrator makes the roles and the database when asked to migrate; null where they are there
     * @param owner migrates; null where migrations are run by somebody else
     */
    public record Database(
            String url,
            @Nullable Credentials administrator,
            @Nullable Credentials owner,
            Credentials appender,
            Credentials projector,
            Credentials reader) {}

    /**
     * Requests that a bucket holds; 0: no limit.
     *
     * @param addressPerQuarter in a quarter of an hour from one address without a good token
     */
    public record RateLimits(int userPerMinute, int tenantPerMinute, int addressPerQuarter) {}

    /**
     * Files that are imported.
     *
     * @param limitBytes what one may have at most
     * @param folder where they wait on disk, in a folder for the service's user alone
     */
    public record Uploads(long limitBytes, Path folder) {}

    /** A database role and its password. */
    public record Credentials(String user, Secret password) {}

    /**
     * What makes a token valid: exactly one of {@code secret} (HS256) and {@code jwks} (asymmetric) is given.
     *
     * @param leeway how far the issuer's clock and ours may differ
     */
    public record Tokens(
            @Nullable Secret secret, @Nullable URI jwks, String issuer, String audience, Duration leeway) {}

    /** A listening address; port 0 takes any free one. */
    public record Address(String host, int port) {}

    /**
     * Which release this process is.
     *
     * @param readModel the read-model version it owns: {@code v} and a number
     */
    public record Release(String version, String color, String readModel) {}
}
