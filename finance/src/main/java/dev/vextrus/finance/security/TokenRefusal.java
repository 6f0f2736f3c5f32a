package dev.vextrus.finance.security;

import dev.vextrus.finance.http.ErrorAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** Says why a token was not taken, by a stable code, without telling anything about what would have been right. */
final class TokenRefusal implements AuthenticationEntryPoint {
    private final RateLimits limits;
    private final Denials denials;

    TokenRefusal(RateLimits limits, Denials denials) {
        this.limits = limits;
        this.denials = denials;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        String from = request.getRemoteAddr();
        Optional<RateLimits.Verdict> verdict = limits.of(from);
        if (verdict.filter(said -> !said.allowed()).isPresent()) {
            denials.counted("RATE_LIMITED");
            RateLimitFilter.refuse(response, verdict.get());
            return;
        }
        ErrorAnswer answer = answerTo(failure);
        String what = request.getMethod() + " " + request.getRequestURI();
        denials.denied(null, from, what, answer.code(), answer.message(), Denials.correlationOf(request));
        response.setHeader("WWW-Authenticate", "Bearer");
        answer.writeTo(response);
    }

    private static ErrorAnswer answerTo(AuthenticationException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JwtValidationException invalid
                    && !invalid.getErrors().isEmpty()) {
                var error = invalid.getErrors().iterator().next();
                String description = error.getDescription();
                return answer(error.getErrorCode(), description == null ? "The token is not valid." : description);
            }
        }
        return failure instanceof InsufficientAuthenticationException
                ? ErrorAnswer.ofStatus(401)
                : answer("TOKEN_INVALID", "The token's form or signature is not valid.");
    }

    private static ErrorAnswer answer(String code, String message) {
        return new ErrorAnswer(401, code, message, "Get a new token from your issuer.");
    }
}
