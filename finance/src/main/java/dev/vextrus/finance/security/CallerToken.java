package dev.vextrus.finance.security;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/** A verified token as Spring Security carries it: its principal is the {@link Caller}. */
public final class CallerToken extends AbstractAuthenticationToken {
    private final transient Caller caller;

    CallerToken(Jwt token) {
        Caller named = TokenDecoder.callerOf(token);
        super(named.roles().stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList());
        this.caller = named;
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return List.of();
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }
}
