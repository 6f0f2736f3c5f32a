package dev.vextrus.finance.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;

class RememberedTokensTest {
    private static final Instant EXPIRY = Instant.parse("2026-03-01T12:00:00Z");

    private final List<String> parsed = new ArrayList<>();
    private Instant now = EXPIRY.minusSeconds(60);
    private final JwtDecoder tokens = new RememberedTokens(this::parse, this::inTime);

    private Jwt parse(String token) {
        parsed.add(token);
        if (token.startsWith("forged")) {
            throw new BadJwtException("signature");
        }
        return Jwt.withTokenValue(token)
                .header("alg", "HS256")
                .subject("ann")
                .expiresAt(EXPIRY)
                .build();
    }

    private OAuth2TokenValidatorResult inTime(Jwt token) {
        return now.isBefore(EXPIRY)
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("TOKEN_EXPIRED"));
    }

    @Test
    void a_good_token_is_parsed_once() {
        assertThat(tokens.decode("a").getSubject()).isEqualTo("ann");
        assertThat(tokens.decode("a").getSubject()).isEqualTo("ann");
        assertThat(parsed).containsExactly("a");
    }

    @Test
    void a_remembered_token_expires_at_its_time() {
        tokens.decode("a");
        now = EXPIRY;
        assertThatThrownBy(() -> tokens.decode("a")).isInstanceOf(JwtValidationException.class);
        assertThat(parsed).containsExactly("a");
    }

    @Test
    void a_forged_token_is_refused_each_time_and_never_remembered() {
        assertThatThrownBy(() -> tokens.decode("forged")).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> tokens.decode("forged")).isInstanceOf(BadJwtException.class);
        assertThat(parsed).containsExactly("forged", "forged");
    }

    @Test
    void a_token_that_was_too_late_at_first_is_not_remembered() {
        now = EXPIRY;
        assertThatThrownBy(() -> tokens.decode("a")).isInstanceOf(JwtValidationException.class);
        now = EXPIRY.minusSeconds(1);
        tokens.decode("a");
        assertThat(parsed).containsExactly("a", "a");
    }
}
