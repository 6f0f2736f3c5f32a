package dev.vextrus.finance.graphql;

import dev.vextrus.eventstore.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many requests be worked on at a time, in the order they came; the others wait before they have begun. Were all
 * begun at once when more come than the processors can do, each would hold its connection to the database while hundreds
 * of others have their turn: then connections run out before processors do, and what was nearly done fails.
 */
final class Admission {
    /** Waiting for the database takes most of a request's time, so there are more than processors. */
    private static final int PER_PROCESSOR = 16;

    /** What a request holds while it is worked on. */
    @FunctionalInterface
    interface Place {
        /** Once, at its end. */
        void leave();
    }

    private final Semaphore places;
    private final Duration patience;

    /** @param patience after which a request that was not begun is told to come back later */
    Admission(int places, Duration patience) {
        this.places = new Semaphore(places, true);
        this.patience = patience;
    }

    static Admission of(int processors) {
        return new Admission(PER_PROCESSOR * Math.max(2, processors), Duration.ofSeconds(10));
    }

    /** @throws StoreUnavailable if it is not its turn for too long */
    Place enter() {
        try {
            if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoreUnavailable("too many requests wait already; try again later");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted before it was begun", stopping);
        }
        return places::release;
    }
}
