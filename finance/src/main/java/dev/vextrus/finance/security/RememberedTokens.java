package dev.vextrus.finance.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/**
 * Parses a token and checks its signature once, since a caller sends the same one with each request; what it claims is
 * checked at every use, so a token that is remembered expires like any other. Only good tokens are remembered, and only
 * for a minute: a key that its issuer withdraws is not honoured for longer than that by us.
 */
final class RememberedTokens implements JwtDecoder {
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);
    private static final long MOST_CHARACTERS = 4_000_000;

    private final JwtDecoder signatures;
    private final OAuth2TokenValidator<Jwt> claims;
    private final Cache<String, Jwt> good = Caffeine.newBuilder()
            .maximumWeight(MOST_CHARACTERS)
            .weigher((String token, Jwt parsed) -> token.length())
            .expireAfterWrite(REMEMBERED_FOR)
            .executor(Runnable::run)
            .build();

    /**
     * @param signatures parses and checks the signature, and nothing else
     * @param claims decides whether the token is good here and now
     */
    RememberedTokens(JwtDecoder signatures, OAuth2TokenValidator<Jwt> claims) {
        this.signatures = signatures;
        this.claims = claims;
    }

    @Override
    public Jwt decode(String token) {
        Jwt remembered = good.getIfPresent(token);
        Jwt parsed = remembered == null ? signatures.decode(token) : remembered;
        OAuth2TokenValidatorResult result = claims.validate(parsed);
        if (result.hasErrors()) {
            throw new JwtValidationException("the token is not good", result.getErrors());
        }
        if (remembered == null) {
            good.put(token, parsed);
        }
        return parsed;
    }
}
