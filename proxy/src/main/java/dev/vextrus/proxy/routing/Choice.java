package dev.vextrus.proxy.routing;

import org.jspecify.annotations.Nullable;

/** Where a request goes. */
public sealed interface Choice {
    /**
     * To a colour.
     *
     * @param probe it chose its colour itself, with the credential, and never counts in a verdict
     * @param newSession the draw to set as the session's cookie; null where none is to be set
     */
    record To(ColorRoute color, boolean probe, @Nullable Double newSession) implements Choice {}

    /** A probe asked for a canary, and there is none; sending it to stable would make a smoke test lie. */
    record NoCanary() implements Choice {}
}
