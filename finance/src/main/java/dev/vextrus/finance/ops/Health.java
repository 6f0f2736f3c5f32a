package dev.vextrus.finance.ops;

import dev.vextrus.finance.http.InFlight;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Three questions. <em>Live</em>: is the process worth keeping? <em>Ready</em>: should it get traffic? <em>Full</em>: is
 * everything it leans on well?
 *
 * <p>Ready waits for the start to be over: the database was reached once and the read model has caught up once. Later an
 * outage of the database shows in the answer but does not change it: every replica would say the same, so taking them
 * out, or restarting them, would only add to the outage. Where this process alone can write no more, whatever the
 * database does, it is neither: it gets no traffic that could show it well again, so it must be replaced.
 */
public final class Health {
    private static final String NOT_WRITING = "every batch of events ends in an error; the log says which";

    private final InFlight inFlight;
    private final Map<String, BooleanSupplier> parts;
    private final BooleanSupplier caughtUp;
    private final BooleanSupplier writing;
    private volatile boolean started;
    private volatile boolean caughtUpOnce;

    /**
     * @param parts what the service leans on; each check answers quickly and never throws
     * @param caughtUp whether the read model has reached the head that the log had at the start
     * @param writing whether this process can carry commands out as soon as the database takes them
     */
    public Health(
            InFlight inFlight, Map<String, BooleanSupplier> parts, BooleanSupplier caughtUp, BooleanSupplier writing) {
        this.inFlight = inFlight;
        this.parts = new LinkedHashMap<>(parts);
        this.caughtUp = caughtUp;
        this.writing = writing;
    }

    /** The public address listens. */
    public void started() {
        started = true;
    }

    public Answer live() {
        return writing.getAsBoolean()
                ? Answer.json(200, Map.of("status", "up"))
                : Answer.json(503, Map.of("status", "down", "reason", NOT_WRITING));
    }

    public Answer ready() {
        if (inFlight.isDraining()) {
            return notReady("draining");
        }
        if (!writing.getAsBoolean()) {
            return notReady(NOT_WRITING);
        }
        if (!started) {
            return notReady("starting");
        }
        if (!caughtUpOnce) {
            caughtUpOnce = caughtUp.getAsBoolean();
            if (!caughtUpOnce) {
                return notReady("read model catching up");
            }
        }
        return Answer.json(200, report("up", "degraded"));
    }

    /** 503 where any part is down: for people and dashboards, never for a probe. */
    public Answer full() {
        Map<String, Object> report = report("up", "down");
        boolean well = "up".equals(report.get("status"));
        report.put("draining", inFlight.isDraining());
        report.put("inFlight", inFlight.count());
        return Answer.json(well ? 200 : 503, report);
    }

    private Map<String, Object> report(String well, String ill) {
        Map<String, Object> checks = new LinkedHashMap<>();
        boolean allWell = true;
        for (var part : parts.entrySet()) {
            boolean up = part.getValue().getAsBoolean();
            checks.put(part.getKey(), up ? "up" : "down");
            allWell &= up;
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("status", allWell ? well : ill);
        report.put("checks", checks);
        return report;
    }

    private static Answer notReady(String why) {
        return Answer.json(503, Map.of("status", "not ready", "reason", why));
    }
}
