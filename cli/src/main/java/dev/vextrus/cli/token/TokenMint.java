package dev.vextrus.cli.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vextrus.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Signs tokens (HS256) that a service started from the same secret accepts: docs/contracts/finance-settings.md. */
public final class TokenMint {
    private static final String ISSUER = "vextrus-local";
    private static final String AUDIENCE = "vextrus-finance";

    private final MACSigner signer;

    /** @param secret at least 32 bytes */
    public TokenMint(byte[] secret) {
        try {
            this.signer = new MACSigner(secret);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("the secret is shorter than 32 bytes", e);
        }
    }

    /** A token that is valid from {@code now} for {@code ttl}. */
    public String mint(TenantId tenant, String subject, List<Role> roles, Instant now, Duration ttl) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(subject)
                .claim("tenant", tenant.value())
                .claim("roles", roles.stream().map(Role::name).distinct().toList())
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ttl)))
                .build();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign with HS256", e);
        }
        return token.serialize();
    }
}
