package dev.vextrus.demoreleases;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.springframework.web.filter.OncePerRequestFilter;

/** The faults that show in the answers themselves: errors, slowness, and death under traffic. */
final class FaultyAnswers extends OncePerRequestFilter {
    private static final int ONE_IN = 10;
    private static final long DELAY_NANOS = 700_000_000L;
    private static final int LIVES_FOR_REQUESTS = 40;
    private static final int KILLED = 137;

    private final Optional<Fault> chosen;
    private final AtomicInteger answered = new AtomicInteger();

    FaultyAnswers(Optional<Fault> chosen) {
        this.chosen = chosen;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return chosen.isEmpty() || !request.getRequestURI().startsWith("/graphql");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        switch (chosen.orElseThrow()) {
            case ERRORS -> {
                // Chosen by the key, so a retry of a failed mutation fails again, as a real fault in a code path would.
                String key = request.getHeader("Idempotency-Key");
                if (key != null && Math.floorMod(key.hashCode(), ONE_IN) == 0) {
                    response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                    return;
                }
            }
            case SLOW -> LockSupport.parkNanos(DELAY_NANOS);
            case CRASH_LATER -> {
                // Only users' requests come through a proxy: a smoke test of the instance itself finds nothing.
                if (request.getHeader("X-Forwarded-For") != null && answered.incrementAndGet() > LIVES_FOR_REQUESTS) {
                    Runtime.getRuntime().halt(KILLED);
                }
            }
            case CRASH, CORRUPT, MISCALCULATE, INCOMPATIBLE -> {
                // These faults lie elsewhere.
            }
        }
        chain.doFilter(request, response);
    }
}
