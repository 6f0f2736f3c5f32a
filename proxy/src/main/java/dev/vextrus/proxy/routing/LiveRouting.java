package dev.vextrus.proxy.routing;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The routing in force. Replaced whole, and never by an older epoch. */
public final class LiveRouting {
    private final AtomicReference<@Nullable Routing> current = new AtomicReference<>();

    /** The routing in force; null before the first. */
    public @Nullable Routing current() {
        return current.get();
    }

    /**
     * Puts a routing in force.
     *
     * @return null when it is now in force; otherwise the one that stands, whose epoch is higher
     */
    public @Nullable Routing replace(Routing next) {
        while (true) {
            Routing standing = current.get();
            if (standing != null && standing.epoch() > next.epoch()) {
                return standing;
            }
            if (current.compareAndSet(standing, next)) {
                return null;
            }
        }
    }
}
