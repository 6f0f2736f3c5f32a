package dev.vextrus.finance.security;

import dev.vextrus.finance.http.ErrorAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** Says why a token was not taken, by a stable code, without telling anything about what would have been right. */
final class TokenRefusal implements AuthenticationEntryPoint {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        response.setHeader("WWW-Authenticate", "Bearer");
        answerTo(failure).writeTo(response);
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
