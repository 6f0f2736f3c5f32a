package dev.vextrus.finance.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the web server refuses before any filter sees it, such as a request line that nobody can parse, like all
 * other errors; its own page is for people, and names the product.
 */
public final class UnreadableRequests extends ErrorReportValve {
    private final String version;

    private UnreadableRequests(String version) {
        this.version = version;
    }

    /** @param version of the release that answers */
    public static void answerAt(StandardHost host, String version) {
        host.getPipeline().addValve(new UnreadableRequests(version));
        // A host that finds one of this class among its valves makes none by itself.
        host.setErrorReportValveClass(UnreadableRequests.class.getName());
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        response.setHeader(OutcomeFilter.RELEASE_HEADER, version);
        response.setHeader(Outcome.HEADER, Outcome.ofStatus(status).label());
        try {
            ErrorAnswer.ofStatus(status).writeTo(response);
            response.finishResponse();
        } catch (IOException gone) {
            container.getLogger().debug("nobody takes the answer any more", gone);
        }
    }
}
