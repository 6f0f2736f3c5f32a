package dev.vextrus.rollout.port;

import org.jspecify.annotations.Nullable;

/** The target did not answer; the same call may be repeated. */
public final class TargetUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TargetUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
