package dev.vextrus.finance.settings;

import dev.vextrus.finance.settings.Settings.Address;
import dev.vextrus.finance.settings.Settings.Credentials;
import dev.vextrus.finance.settings.Settings.Database;
import dev.vextrus.finance.settings.Settings.RateLimits;
import dev.vextrus.finance.settings.Settings.Release;
import dev.vextrus.finance.settings.Settings.Tokens;
import dev.vextrus.finance.settings.Settings.Uploads;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads {@link Settings} from environment variables and collects every problem before it gives up. */
public final class SettingsReader {
    private static final int MOST_REQUESTS = 100_000_000;
    private static final long MEBIBYTE = 1 << 20;
    private static final int MOST_MEBIBYTES = 1 << 16;
    private static final int MINIMUM_SECRET_BYTES = 32;
    private static final int MINIMUM_DISTINCT_CHARACTERS = 10;

    private final Map<String, String> environment;
    private final String buildVersion;
    private final List<String> problems = new ArrayList<>();

    private SettingsReader(Map<String, String> environment, String buildVersion) {
        this.environment = environment;
        this.buildVersion = buildVersion;
    }

    /**
     * @param buildVersion the release's version where the environment names none
     * @throws InvalidSettings naming each variable that is missing or wrong
     */
    public static Settings read(Map<String, String> environment, String buildVersion) {
        return new SettingsReader(environment, buildVersion).settings();
    }

    private Settings settings() {
        // Read by logback.xml itself; here so that a wrong one is told.
        oneOf("VEXTRUS_LOG_FORMAT", "text", "text", "json");
        Profile profile =
                oneOf("VEXTRUS_PROFILE", "local", "local", "production").equals("production")
                        ? Profile.PRODUCTION
                        : Profile.LOCAL;
        Settings settings = new Settings(
                profile,
                database(),
                tokens(profile),
                address("VEXTRUS_HTTP", 3014),
                address("VEXTRUS_MANAGEMENT", 9090),
                new Release(
                        matching("VEXTRUS_RELEASE_VERSION", buildVersion, "[A-Za-z0-9][A-Za-z0-9._+-]{0,62}", "1.4.0"),
                        matching("VEXTRUS_RELEASE_COLOR", "blue", "[a-z][a-z0-9-]{0,30}", "blue"),
                        matching("VEXTRUS_READ_MODEL", "v1", "v[1-9][0-9]{0,5}", "v1")),
                Duration.ofSeconds(number("VEXTRUS_DRAIN_SECONDS", 10, 0, 300)),
                corsOrigins(),
                new RateLimits(
                        number("VEXTRUS_RATE_USER_PER_MINUTE", 30_000, 0, MOST_REQUESTS),
                        number("VEXTRUS_RATE_TENANT_PER_MINUTE", 60_000, 0, MOST_REQUESTS),
                        number("VEXTRUS_RATE_ADDRESS_PER_QUARTER", 100, 0, MOST_REQUESTS)),
                new Uploads(
                        MEBIBYTE * number("VEXTRUS_IMPORT_MAX_MEBIBYTES", 256, 1, MOST_MEBIBYTES),
                        folder("VEXTRUS_SPOOL_FOLDER", System.getProperty("java.io.tmpdir", "/tmp"))));
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        return settings;
    }

    private Database database() {
        String url = text("VEXTRUS_DATABASE_URL", "");
        if (url.isEmpty()) {
            problem(
                    "VEXTRUS_DATABASE_URL",
                    "is missing",
                    "name the database, such as jdbc:postgresql://127.0.0.1:5432/vextrus");
        } else if (!url.startsWith("jdbc:postgresql:")) {
            problem(
                    "VEXTRUS_DATABASE_URL",
                    "is not a PostgreSQL JDBC URL",
                    "write one such as jdbc:postgresql://127.0.0.1:5432/vextrus");
        } else if (url.contains("password=") || url.contains("user=")) {
            problem(
                    "VEXTRUS_DATABASE_URL",
                    "carries a user or a password",
                    "take them out; each role has its own variables");
        }
        boolean provisions = !text("VEXTRUS_DATABASE_ADMIN_USER", "").isEmpty();
        boolean migrates = !text("VEXTRUS_DATABASE_OWNER_USER", "").isEmpty();
        if (provisions && !migrates) {
            problem("VEXTRUS_DATABASE_OWNER_USER", "is missing", "name who owns the database that is to be made");
        }
        return new Database(
                url,
                provisions ? credentials("ADMIN") : null,
                migrates ? credentials("OWNER") : null,
                credentials("APPENDER"),
                credentials("PROJECTOR"),
                credentials("READER"));
    }

    private Credentials credentials(String role) {
        String prefix = "VEXTRUS_DATABASE_" + role;
        String user = text(prefix + "_USER", "");
        if (user.isEmpty()) {
            problem(prefix + "_USER", "is missing", "name the database role");
        }
        Secret password = secret(prefix + "_PASSWORD");
        if (password == null) {
            problem(prefix + "_PASSWORD", "is missing", "set it, or " + prefix + "_PASSWORD_FILE");
        }
        return new Credentials(user, password == null ? new Secret("") : password);
    }

    private Tokens tokens(Profile profile) {
        Secret secret = secret("VEXTRUS_JWT_SECRET");
        String jwks = text("VEXTRUS_JWT_JWKS_URI", "");
        if (secret == null && jwks.isEmpty()) {
            problem(
                    "VEXTRUS_JWT_SECRET",
                    "is missing",
                    "set it, or VEXTRUS_JWT_SECRET_FILE, or name VEXTRUS_JWT_JWKS_URI");
        } else if (secret != null && !jwks.isEmpty()) {
            problem("VEXTRUS_JWT_JWKS_URI", "is set beside VEXTRUS_JWT_SECRET", "keep one of the two");
        }
        if (secret != null) {
            checkStrength(secret, profile);
        }
        return new Tokens(
                secret,
                jwks.isEmpty() ? null : jwksAddress(jwks, profile),
                text("VEXTRUS_JWT_ISSUER", "vextrus-local"),
                text("VEXTRUS_JWT_AUDIENCE", "vextrus-finance"),
                Duration.ofSeconds(number("VEXTRUS_JWT_LEEWAY_SECONDS", 30, 0, 300)));
    }

    private void checkStrength(Secret secret, Profile profile) {
        if (secret.bytes().length < MINIMUM_SECRET_BYTES) {
            problem("VEXTRUS_JWT_SECRET", "is shorter than 32 bytes", "make one with: openssl rand -base64 48");
        } else if (profile == Profile.PRODUCTION && isGuessable(secret.value())) {
            problem("VEXTRUS_JWT_SECRET", "is a weak or default value", "make one with: openssl rand -base64 48");
        }
    }

    private static boolean isGuessable(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return value.chars().distinct().count() < MINIMUM_DISTINCT_CHARACTERS
                || lower.contains("changeme")
                || lower.contains("change-me")
                || lower.contains("secret")
                || lower.contains("password")
                || lower.contains("default");
    }

    private @Nullable URI jwksAddress(String value, Profile profile) {
        URI uri = uri(value);
        boolean secure = uri != null && "https".equals(uri.getScheme());
        boolean plain = uri != null && "http".equals(uri.getScheme());
        if (uri == null || uri.getHost() == null || !(secure || plain)) {
            problem(
                    "VEXTRUS_JWT_JWKS_URI",
                    "is not a web address",
                    "write one such as https://login.example.org/jwks.json");
        } else if (plain && profile == Profile.PRODUCTION) {
            problem("VEXTRUS_JWT_JWKS_URI", "is not encrypted", "use https in production");
        }
        return uri;
    }

    private Address address(String prefix, int defaultPort) {
        return new Address(text(prefix + "_ADDRESS", "127.0.0.1"), number(prefix + "_PORT", defaultPort, 0, 65_535));
    }

    private int number(String variable, int otherwise, int least, int most) {
        String text = text(variable, String.valueOf(otherwise));
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            problem(variable, "has '" + text + "'", "write a number from " + least + " to " + most);
        }
        return number;
    }

    /** Whether it is there is seen by what uses it: {@code migrate} has no need of it. */
    private Path folder(String variable, String otherwise) {
        String text = text(variable, otherwise);
        try {
            Path folder = Path.of(text);
            if (folder.isAbsolute()) {
                return folder;
            }
        } catch (InvalidPathException noPath) {
            // Told below, as what is a path and begins nowhere.
        }
        problem(variable, "has '" + text + "'", "name a folder by its whole path");
        return Path.of(otherwise);
    }

    private List<String> corsOrigins() {
        List<String> origins = Arrays.stream(text("VEXTRUS_CORS_ORIGINS", "").split(",", -1))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .toList();
        for (String origin : origins) {
            URI uri = uri(origin);
            if (uri == null || uri.getHost() == null || !origin.equals(uri.getScheme() + "://" + uri.getAuthority())) {
                problem(
                        "VEXTRUS_CORS_ORIGINS",
                        "has '" + origin + "'",
                        "list exact origins such as https://erp.example.org, without wildcard or path");
            }
        }
        return origins;
    }

    private String text(String variable, String otherwise) {
        String value = environment.get(variable);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    private @Nullable Secret secret(String variable) {
        String file = text(variable + "_FILE", "");
        String direct = text(variable, "");
        if (file.isEmpty()) {
            return direct.isEmpty() ? null : new Secret(direct);
        }
        if (!direct.isEmpty()) {
            problem(variable + "_FILE", "is set beside " + variable, "keep one of the two");
        }
        try {
            String content = Files.readString(Path.of(file)).strip();
            if (content.isEmpty()) {
                problem(variable + "_FILE", "names an empty file", "write the secret into it");
            }
            return new Secret(content);
        } catch (IOException | InvalidPathException unreadable) {
            problem(variable + "_FILE", "names a file that cannot be read", "check the path and its permissions");
            return new Secret("");
        }
    }

    private String matching(String variable, String otherwise, String form, String example) {
        String value = text(variable, otherwise);
        if (!value.matches(form)) {
            problem(variable, "has '" + value + "'", "write something such as " + example);
        }
        return value;
    }

    private String oneOf(String variable, String otherwise, String... values) {
        String value = text(variable, otherwise);
        if (!List.of(values).contains(value)) {
            problem(variable, "has '" + value + "'", "write one of " + String.join(", ", values));
        }
        return value;
    }

    private void problem(String variable, String what, String remedy) {
        problems.add(variable + " " + what + "; " + remedy);
    }

    private static @Nullable URI uri(String value) {
        try {
            return URI.create(value);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }
}
