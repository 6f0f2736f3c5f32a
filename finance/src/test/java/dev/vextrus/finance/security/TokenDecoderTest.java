package dev.vextrus.finance.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vextrus.finance.settings.Secret;
import dev.vextrus.finance.settings.Settings.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;

class TokenDecoderTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Secret SECRET = new Secret("vW3l0n9Qm2Zt7Rk5Yb8Xc1Hf4Jd6Gs0PaLuEo");

    @Test
    void a_token_counts_within_the_leeway_after_its_end_and_before_its_begin_and_no_longer() {
        JwtDecoder patient = decoder(Duration.ofSeconds(30));
        assertThat(patient.decode(token(NOW.minusSeconds(30), NOW.minusSeconds(600)))
                        .getSubject())
                .isEqualTo("ann");
        assertThat(patient.decode(token(NOW.plusSeconds(60), NOW.plusSeconds(30)))
                        .getSubject())
                .isEqualTo("ann");
        refused(patient, token(NOW.minusSeconds(31), NOW.minusSeconds(600)));
        refused(patient, token(NOW.plusSeconds(60), NOW.plusSeconds(31)));
    }

    @Test
    void without_a_leeway_a_token_ends_at_its_end() {
        JwtDecoder strict = decoder(Duration.ZERO);
        assertThat(strict.decode(token(NOW, NOW)).getSubject()).isEqualTo("ann");
        refused(strict, token(NOW.minusSeconds(1), NOW.minusSeconds(600)));
    }

    private static void refused(JwtDecoder decoder, String token) {
        assertThatThrownBy(() -> decoder.decode(token))
                .isInstanceOfSatisfying(
                        JwtValidationException.class,
                        refusal -> assertThat(refusal.getErrors())
                                .extracting(error -> error.getErrorCode())
                                .containsExactly(TokenDecoder.EXPIRED));
    }

    private static JwtDecoder decoder(Duration leeway) {
        return TokenDecoder.of(
                new Tokens(SECRET, null, "issuer", "audience", leeway), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static String token(Instant end, Instant begin) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.HS256),
                    new JWTClaimsSet.Builder()
                            .issuer("issuer")
                            .audience("audience")
                            .subject("ann")
                            .claim("tenant", "acme")
                            .notBeforeTime(Date.from(begin))
                            .expirationTime(Date.from(end))
                            .build());
            token.sign(new MACSigner(SECRET.bytes()));
            return token.serialize();
        } catch (JOSEException unsigned) {
            throw new AssertionError(unsigned);
        }
    }
}
