package dev.vextrus.finance.http;

import dev.vextrus.eventstore.StoreUnavailable;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Outermost: whatever happens further in, every answer says how it went and who gave it, is counted, and is an
 * {@link ErrorAnswer} where nothing better was written.
 */
public final class OutcomeFilter extends OncePerRequestFilter {
    public static final String RELEASE_HEADER = "X-Release";
    public static final String CORRELATION_HEADER = "X-Correlation-Id";

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeFilter.class);

    private final String version;
    private final InFlight inFlight;
    private final RequestMetrics metrics;
    private final Supplier<UUID> ids;

    public OutcomeFilter(String version, InFlight inFlight, RequestMetrics metrics, Supplier<UUID> ids) {
        this.version = version;
        this.inFlight = inFlight;
        this.metrics = metrics;
        this.ids = ids;
    }

    /** An answer that is given later comes by here a second time. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse raw, FilterChain chain)
            throws IOException {
        RequestNotes known = RequestNotes.find(request);
        RequestNotes notes = known == null ? begin(request) : known;
        OutcomeResponse response = raw instanceof OutcomeResponse same ? same : new OutcomeResponse(raw);
        response.setHeader(RELEASE_HEADER, version);
        response.setHeader(CORRELATION_HEADER, notes.correlationId().toString());
        if (inFlight.isDraining()) {
            response.setHeader("Connection", "close");
        }
        try {
            chain.doFilter(request, response);
            if (!request.isAsyncStarted()) {
                response.explain();
            }
        } catch (IOException | ServletException | RuntimeException | Error failure) {
            // An error too is an answer: nobody further out would do more, and it would be counted as going well.
            response.fail(answerTo(failure, notes.correlationId()));
        } finally {
            if (!request.isAsyncStarted()) {
                inFlight.leave();
                metrics.record(request, notes, response.getStatus(), response.outcome());
            }
        }
    }

    private RequestNotes begin(HttpServletRequest request) {
        RequestNotes notes = new RequestNotes(correlationOf(request), System.nanoTime());
        request.setAttribute(RequestNotes.ATTRIBUTE, notes);
        inFlight.enter();
        return notes;
    }

    private static ErrorAnswer answerTo(Throwable failure, UUID correlation) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLarge) {
                return ErrorAnswer.ofStatus(413);
            }
            if (cause instanceof StoreUnavailable) {
                return ErrorAnswer.unavailable();
            }
        }
        LOG.error("request failed, correlation {}", correlation, failure);
        return ErrorAnswer.internal();
    }

    private UUID correlationOf(HttpServletRequest request) {
        String given = request.getHeader(CORRELATION_HEADER);
        if (given != null && given.length() == 36) {
            try {
                return UUID.fromString(given);
            } catch (IllegalArgumentException notOne) {
                return ids.get();
            }
        }
        return ids.get();
    }
}
