package dev.vextrus.proxy.forward;

import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** Answers that the proxy gives itself; each with a stable code and a remedy. */
enum OwnAnswer {
    NO_ROUTING(503, "PROXY_NO_ROUTING", "The proxy has no routing yet; set one through its control address."),
    NO_CANARY(503, "PROXY_NO_CANARY", "The probe asked for a canary and there is none at present."),
    BAD_REQUEST(400, "PROXY_BAD_REQUEST", "The request is not valid HTTP or its line or headers are too long."),
    TOO_LARGE(413, "PROXY_BODY_TOO_LARGE", "The request's body is larger than the proxy's limit; send it in parts."),
    NO_UPSTREAM(502, "PROXY_NO_UPSTREAM", "No instance of the release accepts connections; retry later."),
    BROKE_OFF(
            502,
            "PROXY_UPSTREAM_BROKE_OFF",
            "The instance died or broke off; what it did is not known, so retry with the same Idempotency-Key."),
    BUSY(503, "PROXY_UPSTREAM_BUSY", "Too many requests wait for the release; retry later."),
    TIMED_OUT(
            504,
            "PROXY_UPSTREAM_TIMED_OUT",
            "The instance did not answer in time; retry with the same Idempotency-Key.");

    private final int status;
    private final String body;

    OwnAnswer(int status, String code, String message) {
        this.status = status;
        this.body = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
    }

    int status() {
        return status;
    }

    /**
     * Gives the answer, if none has begun.
     *
     * @param version of the release that should have answered; null where none was chosen
     */
    void send(HttpServerResponse response, @Nullable String version) {
        if (response.headWritten() || response.closed()) {
            return;
        }
        if (version != null) {
            response.putHeader("x-release", version);
        }
        response.setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("x-outcome", status < 500 ? "client" : "fault")
                .end(body);
    }
}
