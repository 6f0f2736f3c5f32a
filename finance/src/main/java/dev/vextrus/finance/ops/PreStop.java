package dev.vextrus.finance.ops;

import dev.vextrus.finance.http.InFlight;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What Kubernetes calls before it ends a pod; it can only GET. Draining begins at once, and the answer is held back until
 * the cluster's routers have had time to hear that the pod is leaving: SIGTERM comes after the answer.
 */
final class PreStop implements Route.Handler {
    private static final int USUAL_SECONDS = 10;
    private static final int MOST_SECONDS = 120;

    private final InFlight inFlight;

    PreStop(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /** Takes the parameter {@code seconds}: how long to hold the answer back. */
    @Override
    public Answer answer(Route.Parameters parameters) {
        long seconds = parameters.number("seconds", USUAL_SECONDS, 0, MOST_SECONDS);
        inFlight.drain();
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return Answer.json(200, Map.of("draining", true, "inFlight", inFlight.count()));
    }
}
