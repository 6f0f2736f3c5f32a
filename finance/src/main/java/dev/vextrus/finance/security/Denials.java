package dev.vextrus.finance.security;

import dev.vextrus.finance.http.RequestNotes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log of what was denied: who asked, for which tenant, for what, and why not, one line each under a logger of its
 * own, and counted by code. Tokens, bodies and keys are never written; names that callers choose are kept to one line.
 */
public final class Denials {
    /** The logger's name, for whoever keeps its lines apart. */
    public static final String LOGGER = "dev.vextrus.finance.audit";

    private static final Logger AUDIT = LoggerFactory.getLogger(LOGGER);
    private static final int LONGEST = 200;

    private final MeterRegistry registry;

    public Denials(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * @param caller null where nobody was recognised
     * @param from the address that asked
     * @param what was asked for: a method and a path, or an operation
     * @param code why it was denied, stable
     * @param why in words, without anything secret
     */
    public void denied(
            @Nullable Caller caller, String from, String what, String code, String why, @Nullable UUID correlation) {
        counter(code).increment();
        AUDIT.warn(
                "denied code={} tenant={} who={} from={} what=\"{}\" why=\"{}\" correlation={}",
                code,
                caller == null ? "-" : caller.tenant().value(),
                caller == null ? "-" : plain(caller.actor().id()),
                plain(from),
                plain(what),
                plain(why),
                correlation == null ? "-" : correlation);
    }

    /** Counted, not written: what comes too fast must not fill the disk instead. */
    void counted(String code) {
        counter(code).increment();
    }

    /** Of the request that was denied, as {@link #denied} takes it. */
    public static @Nullable UUID correlationOf(ServletRequest request) {
        return request.getAttribute(RequestNotes.ATTRIBUTE) instanceof RequestNotes notes
                ? notes.correlationId()
                : null;
    }

    private Counter counter(String code) {
        return Counter.builder("security.denials")
                .description("Requests and commands that were denied, by the code that was answered.")
                .tag("code", code)
                .register(registry);
    }

    /** Nobody writes lines of his own into this log. */
    private static String plain(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\"\\u2028\\u2029]", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
