package dev.vextrus.finance.http;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Keeps {@code X-Outcome} in step with the status until somebody who knows better (the GraphQL edge) sets it, and turns
 * the container's error pages into {@link ErrorAnswer}s.
 */
final class OutcomeResponse extends HttpServletResponseWrapper {
    private Outcome outcome = Outcome.OK;
    private boolean told;
    private boolean tooLarge;

    OutcomeResponse(HttpServletResponse response) {
        super(response);
        super.setHeader(Outcome.HEADER, outcome.label());
    }

    Outcome outcome() {
        return outcome;
    }

    @Override
    public void setStatus(int status) {
        super.setStatus(status);
        if (!told) {
            outcome = Outcome.ofStatus(status);
            super.setHeader(Outcome.HEADER, outcome.label());
        }
    }

    @Override
    public void setHeader(String name, String value) {
        if (!tell(name, value)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!tell(name, value)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, "");
    }

    /** The message is dropped: it may quote what the caller sent, or tell of our insides. */
    @Override
    public void sendError(int status, String message) throws IOException {
        if (isCommitted()) {
            return;
        }
        resetBuffer();
        ErrorAnswer.ofStatus(tooLarge ? 413 : status).writeTo(this);
        flushBuffer();
    }

    /** The body went past its limit: whatever the reader makes of the cut, this is the reason to tell. */
    void tooLarge() {
        tooLarge = true;
    }

    /** Gives a refusal that came without a body, as the router's own do, one like all others. */
    void explain() throws IOException {
        if (getStatus() >= 400 && !isCommitted() && getContentType() == null) {
            ErrorAnswer.ofStatus(getStatus()).writeTo(this);
        }
    }

    /** For a failure that nobody handled. */
    void fail(ErrorAnswer answer) throws IOException {
        told = false;
        outcome = Outcome.ofStatus(answer.status());
        if (!isCommitted()) {
            resetBuffer();
            answer.writeTo(this);
        }
    }

    private boolean tell(String name, String value) {
        if (!name.equalsIgnoreCase(Outcome.HEADER)) {
            return false;
        }
        for (Outcome each : Outcome.values()) {
            if (each.label().equals(value)) {
                outcome = each;
                told = true;
            }
        }
        super.setHeader(Outcome.HEADER, outcome.label());
        return true;
    }
}
