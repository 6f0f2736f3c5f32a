package dev.vextrus.finance.security;

import dev.vextrus.finance.http.ErrorAnswer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Asks whoever sends more than he may to wait. Stands behind the tokens, so it knows who that is. */
final class RateLimitFilter extends OncePerRequestFilter {
    private final RateLimits limits;
    private final Denials denials;

    RateLimitFilter(RateLimits limits, Denials denials) {
        this.limits = limits;
        this.denials = denials;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Caller caller) {
            Optional<RateLimits.Verdict> verdict = limits.of(caller);
            verdict.ifPresent(said -> head(response, said));
            if (verdict.filter(said -> !said.allowed()).isPresent()) {
                denials.counted("RATE_LIMITED");
                refuse(response, verdict.get());
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** Headers as in draft-ietf-httpapi-ratelimit-headers-03, the form that clients know. */
    private static void head(HttpServletResponse response, RateLimits.Verdict said) {
        response.setHeader("RateLimit-Limit", String.valueOf(said.limit()));
        response.setHeader("RateLimit-Remaining", String.valueOf(said.remaining()));
        response.setHeader("RateLimit-Reset", String.valueOf(said.waitSeconds()));
    }

    static void refuse(HttpServletResponse response, RateLimits.Verdict said) throws IOException {
        head(response, said);
        response.setHeader("Retry-After", String.valueOf(said.waitSeconds()));
        new ErrorAnswer(
                        429,
                        "RATE_LIMITED",
                        "This " + said.of() + " has sent more than " + said.limit() + " requests in "
                                + said.period().toMinutes() + " min.",
                        "Wait " + said.waitSeconds() + " s, then send it again with the same idempotency key.")
                .writeTo(response);
    }
}
