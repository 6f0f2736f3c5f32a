package dev.vextrus.finance.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the web server refuses before any filter sees it, such as a request line that nobody can parse, like all
 * other errors; its own page is for people, and names the product. The server makes it by its name.
 */
public final class UnreadableRequests extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        response.setHeader(Outcome.HEADER, Outcome.ofStatus(status).label());
        try {
            ErrorAnswer.ofStatus(status).writeTo(response);
            response.finishResponse();
        } catch (IOException gone) {
            container.getLogger().debug("nobody takes the answer any more", gone);
        }
    }
}
