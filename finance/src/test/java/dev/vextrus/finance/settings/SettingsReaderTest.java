package dev.vextrus.finance.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    private static final String STRONG = "vW3l0n9Qm2Zt7Rk5Yb8Xc1Hf4Jd6Gs0PaLuEo";

    @Test
    void a_complete_environment_is_read_with_the_defaults_of_the_contract() {
        Settings settings = SettingsReader.read(complete(), "2.1.0");
        assertThat(settings.profile()).isEqualTo(Profile.LOCAL);
        assertThat(settings.publicAddress()).isEqualTo(new Settings.Address("127.0.0.1", 3014));
        assertThat(settings.management()).isEqualTo(new Settings.Address("127.0.0.1", 9090));
        assertThat(settings.release()).isEqualTo(new Settings.Release("2.1.0", "blue", "v1"));
        assertThat(settings.tokens().issuer()).isEqualTo("vextrus-local");
        assertThat(settings.tokens().audience()).isEqualTo("vextrus-finance");
        assertThat(settings.database().owner()).isNull();
        assertThat(settings.corsOrigins()).isEmpty();
    }

    @Test
    void the_leeway_of_tokens_is_half_a_minute_unless_it_is_set_within_five() {
        assertThat(SettingsReader.read(complete(), "1").tokens().leeway()).isEqualTo(Duration.ofSeconds(30));
        assertThat(SettingsReader.read(with("VEXTRUS_JWT_LEEWAY_SECONDS", "0"), "1")
                        .tokens()
                        .leeway())
                .isEqualTo(Duration.ZERO);
        refused(with("VEXTRUS_JWT_LEEWAY_SECONDS", "301"), "VEXTRUS_JWT_LEEWAY_SECONDS has '301'");
    }

    @Test
    void what_an_import_may_have_and_where_it_waits_is_set_within_reason(@TempDir Path folder) {
        assertThat(SettingsReader.read(complete(), "1").uploads())
                .isEqualTo(new Settings.Uploads(256L << 20, Path.of(System.getProperty("java.io.tmpdir"))));
        assertThat(SettingsReader.read(with("VEXTRUS_IMPORT_MAX_MEBIBYTES", "65536"), "1")
                        .uploads()
                        .limitBytes())
                .isEqualTo(64L << 30);
        assertThat(SettingsReader.read(with("VEXTRUS_SPOOL_FOLDER", folder.toString()), "1")
                        .uploads()
                        .folder())
                .isEqualTo(folder);
        refused(with("VEXTRUS_IMPORT_MAX_MEBIBYTES", "0"), "VEXTRUS_IMPORT_MAX_MEBIBYTES has '0'");
        refused(with("VEXTRUS_SPOOL_FOLDER", "var"), "VEXTRUS_SPOOL_FOLDER has 'var'");
    }

    @Test
    void every_problem_is_told_at_once_and_names_its_variable() {
        assertThatThrownBy(() -> SettingsReader.read(Map.of(), "1"))
                .isInstanceOfSatisfying(
                        InvalidSettings.class,
                        invalid -> assertThat(invalid.problems())
                                .hasSize(8)
                                .allMatch(problem -> problem.matches("VEXTRUS_[A-Z_]+ is missing; .+")));
    }

    @Test
    void a_secret_is_read_from_its_file_and_never_printed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), STRONG + "\n");
        Settings settings =
                SettingsReader.read(without("VEXTRUS_JWT_SECRET", "VEXTRUS_JWT_SECRET_FILE", file.toString()), "1");
        assertThat(settings.tokens().secret()).isEqualTo(new Secret(STRONG));
        assertThat(settings.toString()).doesNotContain(STRONG, "pass-");
    }

    @Test
    void a_file_that_cannot_be_read_is_named_without_its_content() {
        refused(without("VEXTRUS_JWT_SECRET", "VEXTRUS_JWT_SECRET_FILE", "/nowhere/at/all"), "VEXTRUS_JWT_SECRET_FILE");
    }

    @Test
    void a_short_secret_is_refused_everywhere_and_a_weak_one_in_production() {
        refused(with("VEXTRUS_JWT_SECRET", "short"), "VEXTRUS_JWT_SECRET is shorter than 32 bytes");
        Map<String, String> weak = with("VEXTRUS_JWT_SECRET", "changeme-changeme-changeme-changeme-1234");
        assertThat(SettingsReader.read(weak, "1")).isNotNull();
        weak.put("VEXTRUS_PROFILE", "production");
        refused(weak, "VEXTRUS_JWT_SECRET is a weak or default value");
        weak.put("VEXTRUS_JWT_SECRET", "a".repeat(64));
        refused(weak, "VEXTRUS_JWT_SECRET is a weak or default value");
        weak.put("VEXTRUS_JWT_SECRET", STRONG);
        assertThat(SettingsReader.read(weak, "1")).isNotNull();
    }

    @Test
    void a_secret_and_a_key_set_together_are_refused_for_one_could_pass_as_the_other() {
        refused(with("VEXTRUS_JWT_JWKS_URI", "https://login.example.org/jwks.json"), "keep one of the two");
    }

    @Test
    void wildcards_and_paths_are_no_origins() {
        refused(with("VEXTRUS_CORS_ORIGINS", "*"), "VEXTRUS_CORS_ORIGINS");
        refused(with("VEXTRUS_CORS_ORIGINS", "https://*.example.org"), "VEXTRUS_CORS_ORIGINS");
        refused(with("VEXTRUS_CORS_ORIGINS", "https://erp.example.org/"), "VEXTRUS_CORS_ORIGINS");
        assertThat(SettingsReader.read(with("VEXTRUS_CORS_ORIGINS", "https://a.example, https://b.example:8443"), "1")
                        .corsOrigins())
                .containsExactly("https://a.example", "https://b.example:8443");
    }

    @Test
    void a_password_within_the_address_is_refused_for_it_would_be_logged() {
        refused(with("VEXTRUS_DATABASE_URL", "jdbc:postgresql://h/db?password=x"), "VEXTRUS_DATABASE_URL carries");
    }

    @Test
    void ports_versions_colours_and_read_models_have_a_form() {
        refused(with("VEXTRUS_HTTP_PORT", "65536"), "VEXTRUS_HTTP_PORT");
        refused(with("VEXTRUS_RELEASE_COLOR", "Blue!"), "VEXTRUS_RELEASE_COLOR");
        refused(with("VEXTRUS_RELEASE_VERSION", "1.0\n2.0"), "VEXTRUS_RELEASE_VERSION");
        refused(with("VEXTRUS_READ_MODEL", "public; drop"), "VEXTRUS_READ_MODEL");
        refused(with("VEXTRUS_PROFILE", "prod"), "write one of local, production");
    }

    private static void refused(Map<String, String> environment, String... parts) {
        assertThatThrownBy(() -> SettingsReader.read(environment, "1"))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContainingAll(parts);
    }

    private static Map<String, String> complete() {
        Map<String, String> environment = new HashMap<>();
        environment.put("VEXTRUS_DATABASE_URL", "jdbc:postgresql://127.0.0.1:5432/vextrus");
        for (String role : new String[] {"APPENDER", "PROJECTOR", "READER"}) {
            environment.put("VEXTRUS_DATABASE_" + role + "_USER", "vextrus");
            environment.put("VEXTRUS_DATABASE_" + role + "_PASSWORD", "pass-" + role);
        }
        environment.put("VEXTRUS_JWT_SECRET", STRONG);
        return environment;
    }

    private static Map<String, String> with(String variable, String value) {
        Map<String, String> environment = complete();
        environment.put(variable, value);
        return environment;
    }

    private static Map<String, String> without(String missing, String variable, String value) {
        Map<String, String> environment = with(variable, value);
        environment.remove(missing);
        return environment;
    }
}
