package dev.vextrus.finance.security;

import dev.vextrus.finance.http.ErrorAnswer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what a browser would send across sites without asking first (a "simple" request of the Fetch standard): a
 * change needs a JSON content type or a header that makes the browser ask.
 */
final class ForgeryFilter extends OncePerRequestFilter {
    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
    private static final List<String> PREFLIGHT_HEADERS =
            List.of("x-apollo-operation-name", "apollo-require-preflight", "x-requested-with");

    private final Denials denials;

    ForgeryFilter(Denials denials) {
        this.denials = denials;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (HARMLESS.contains(request.getMethod()) || isNotSimple(request) || asksFirst(request)) {
            chain.doFilter(request, response);
            return;
        }
        var answer = new ErrorAnswer(
                403,
                "CSRF_REFUSED",
                "A web page of another site could have sent this.",
                "Send 'Content-Type: application/json', or the header 'X-Requested-With'.");
        String what = request.getMethod() + " " + request.getRequestURI();
        denials.denied(
                null, request.getRemoteAddr(), what, answer.code(), answer.message(), Denials.correlationOf(request));
        answer.writeTo(response);
    }

    /** JSON, and CSV for the bulk calls: neither is among the types that a browser sends without asking. */
    private static boolean isNotSimple(HttpServletRequest request) {
        String type = request.getContentType();
        String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean bulk = request.getRequestURI().startsWith("/bulk/");
        return media.equals("application/json")
                || media.equals("application/graphql+json")
                || (bulk && media.equals("text/csv"));
    }

    private static boolean asksFirst(HttpServletRequest request) {
        return PREFLIGHT_HEADERS.stream().anyMatch(header -> request.getHeader(header) != null);
    }
}
