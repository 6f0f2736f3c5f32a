package dev.vextrus.cli.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.vextrus.cli.data.DataFolder;
import dev.vextrus.cli.output.Failure;
import dev.vextrus.cli.output.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

class TokenCommandTest {
    private final StringWriter out = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void books() throws IOException {
        Files.createDirectory(folder.resolve("postgres"));
    }

    private String mint(String... extra) {
        out.getBuffer().setLength(0);
        Output output =
                new Output(new PrintWriter(out, true), new PrintWriter(new StringWriter()), false, false, false);
        CommandLine line = new CommandLine(new TokenCommand(output));
        String[] args = new String[extra.length + 4];
        System.arraycopy(new String[] {"--data", folder.toString(), "--tenant", "acme"}, 0, args, 0, 4);
        System.arraycopy(extra, 0, args, 4, extra.length);
        assertThat(line.execute(args)).isZero();
        return out.toString().strip();
    }

    @Test
    void the_token_alone_is_on_standard_output_and_verifies_with_the_folders_secret() throws Exception {
        SignedJWT token = SignedJWT.parse(mint("--role", "accountant,approver", "--role", "viewer", "--ttl", "30m"));

        assertThat(token.verify(new MACVerifier(DataFolder.open(folder).jwtSecret())))
                .isTrue();
        assertThat(token.getJWTClaimsSet().getStringClaim("tenant")).isEqualTo("acme");
        assertThat(token.getJWTClaimsSet().getStringListClaim("roles"))
                .isEqualTo(List.of("accountant", "approver", "viewer"));
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("vextrus-local");
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("vextrus-finance");
        assertThat(Duration.between(
                        token.getJWTClaimsSet().getIssueTime().toInstant(),
                        token.getJWTClaimsSet().getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void a_folder_without_books_is_refused_with_the_remedy_and_not_made() {
        Path mistyped = folder.resolve("boks");
        Output output = new Output(new PrintWriter(out), new PrintWriter(out), false, false, false);
        CommandLine line = new CommandLine(new TokenCommand(output));
        AtomicReference<Exception> thrown = new AtomicReference<>();
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            thrown.set(failure);
            return 2;
        });

        line.execute("--data", mistyped.toString(), "--tenant", "acme", "--role", "viewer");

        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        Failure.class, refused -> assertThat(refused.code()).isEqualTo("NO_BOOKS"))
                .hasMessageContaining(mistyped.toString());
        assertThat(mistyped).doesNotExist();
    }

    @Test
    void the_secret_is_made_once_and_only_its_owner_may_read_it() throws Exception {
        mint("--role", "admin");
        byte[] first = DataFolder.open(folder).jwtSecret();
        mint("--role", "admin");
        assertThat(DataFolder.open(folder).jwtSecret()).isEqualTo(first).hasSizeGreaterThanOrEqualTo(32);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(DataFolder.open(folder).jwtSecretFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_time_to_live_is_read_as_people_write_it() {
        TimeToLive reader = new TimeToLive();
        assertThat(reader.convert("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(reader.convert("7d")).isEqualTo(Duration.ofDays(7));
        assertThat(reader.convert("PT1H")).isEqualTo(Duration.ofHours(1));
        assertThatThrownBy(() -> reader.convert("soon"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("30m");
        assertThatThrownBy(() -> reader.convert("0s")).isInstanceOf(TypeConversionException.class);
    }
}
