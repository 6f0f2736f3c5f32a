package dev.vextrus.rollout.port;

import org.jspecify.annotations.Nullable;

/** Nobody can say how the traffic does right now. Never a pass and never a failure: the rollout holds. */
public final class MetricsUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MetricsUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
