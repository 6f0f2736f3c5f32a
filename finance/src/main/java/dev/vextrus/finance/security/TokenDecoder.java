package dev.vextrus.finance.security;

import dev.vextrus.finance.command.Role;
import dev.vextrus.finance.settings.Secret;
import dev.vextrus.finance.settings.Settings.Tokens;
import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.TenantId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Builds the decoder of bearer tokens. A shared secret accepts HS256 and nothing else; a key set accepts asymmetric
 * algorithms and nothing else, so that a public key can never pass as a shared secret, nor {@code none} as a signature
 * (RFC 8725, 3.1).
 */
final class TokenDecoder {
    static final String EXPIRED = "TOKEN_EXPIRED";
    static final String WRONG_ISSUER = "TOKEN_ISSUER";
    static final String WRONG_AUDIENCE = "TOKEN_AUDIENCE";
    static final String WITHOUT_TENANT = "TOKEN_TENANT";
    static final String WITHOUT_SUBJECT = "TOKEN_SUBJECT";

    private static final int LONGEST_SUBJECT = 255;

    private static final List<Role> ROLES = List.of(Role.values());

    private TokenDecoder() {}

    static JwtDecoder of(Tokens tokens, Clock clock) {
        NimbusJwtDecoder decoder = decoder(tokens.secret(), tokens.jwks());
        decoder.setJwtValidator(signed -> OAuth2TokenValidatorResult.success());
        return new RememberedTokens(
                decoder,
                new DelegatingOAuth2TokenValidator<>(List.of(
                        timely(clock, tokens.leeway()),
                        issuedBy(tokens.issuer()),
                        meantFor(tokens.audience()),
                        namingTenantAndSubject())));
    }

    private static NimbusJwtDecoder decoder(@Nullable Secret secret, @Nullable URI jwks) {
        if (secret != null) {
            return NimbusJwtDecoder.withSecretKey(new SecretKeySpec(secret.bytes(), "HmacSHA256"))
                    .macAlgorithm(MacAlgorithm.HS256)
                    .build();
        }
        if (jwks == null) {
            throw new IllegalStateException("settings: neither a secret nor a key set passed validation");
        }
        return NimbusJwtDecoder.withJwkSetUri(jwks.toString())
                .jwsAlgorithms(algorithms -> algorithms.addAll(Set.of(SignatureAlgorithm.values())))
                .build();
    }

    /** The caller that a verified token names. */
    static Caller callerOf(Jwt token) {
        List<String> claimed = token.getClaimAsStringList("roles");
        Set<Role> roles = claimed == null
                ? Set.of()
                : claimed.stream()
                        .flatMap(claim ->
                                ROLES.stream().filter(role -> claimOf(role).equals(claim)))
                        .collect(Collectors.toUnmodifiableSet());
        return new Caller(
                TenantId.of(String.valueOf(token.getClaimAsString("tenant"))),
                Actor.of(String.valueOf(token.getSubject())),
                roles);
    }

    /** As tokens write a role; names of other services' roles say nothing here. */
    private static String claimOf(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static OAuth2TokenValidator<Jwt> timely(Clock clock, Duration leeway) {
        return token -> {
            var now = clock.instant();
            if (token.getExpiresAt() == null || now.isAfter(token.getExpiresAt().plus(leeway))) {
                return refused(EXPIRED, "The token has expired or names no expiry.");
            }
            if (token.getNotBefore() != null
                    && now.isBefore(token.getNotBefore().minus(leeway))) {
                return refused(EXPIRED, "The token is not valid yet.");
            }
            return OAuth2TokenValidatorResult.success();
        };
    }

    private static OAuth2TokenValidator<Jwt> issuedBy(String issuer) {
        return token -> issuer.equals(token.getClaimAsString("iss"))
                ? OAuth2TokenValidatorResult.success()
                : refused(WRONG_ISSUER, "The token comes from another issuer.");
    }

    private static OAuth2TokenValidator<Jwt> meantFor(String audience) {
        return token -> token.getAudience() != null && token.getAudience().contains(audience)
                ? OAuth2TokenValidatorResult.success()
                : refused(WRONG_AUDIENCE, "The token is meant for another service.");
    }

    private static OAuth2TokenValidator<Jwt> namingTenantAndSubject() {
        return token -> {
            String tenant = token.getClaims().get("tenant") instanceof String text ? text : "";
            if (!TenantId.isWellFormed(tenant)) {
                return refused(WITHOUT_TENANT, "The token names no tenant.");
            }
            String subject = token.getSubject();
            boolean named = Stream.ofNullable(subject).anyMatch(TokenDecoder::isSubject);
            return named
                    ? OAuth2TokenValidatorResult.success()
                    : refused(WITHOUT_SUBJECT, "The token names no subject.");
        };
    }

    private static boolean isSubject(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST_SUBJECT
                && text.chars().noneMatch(Character::isISOControl);
    }

    private static OAuth2TokenValidatorResult refused(String code, String message) {
        return OAuth2TokenValidatorResult.failure(new OAuth2Error(code, message, null));
    }
}
