package dev.vextrus.eventstore.contract;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.EventStore;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The store that a contract is run against. */
public interface StoreUnderTest {

    /** The same empty store all through one test. */
    EventStore store();

    /** The release that {@link #store()} writes into its events. */
    String release();

    default AppendResult append(AppendRequest request) {
        try {
            return store().append(request).get(30, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        } catch (ExecutionException | TimeoutException failed) {
            throw new AssertionError("no outcome", failed);
        }
    }
}
