package dev.vextrus.eventstore;

import dev.vextrus.kernel.Actor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who caused an event, and within what.
 *
 * @param correlationId shared by all that one request caused
 * @param causationId the event or command that directly caused this one, where there is one
 */
public record Metadata(
        Actor actor, UUID correlationId, @Nullable UUID causationId) {}
