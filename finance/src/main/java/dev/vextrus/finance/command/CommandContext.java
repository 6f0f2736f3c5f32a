package dev.vextrus.finance.command;

import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.TenantId;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who gives a command, for which tenant, and within what.
 *
 * @param tenant from the token, never from the request
 * @param idempotencyKey 1 to 200 characters; the same key with the same command gets the first outcome. Keys of two
 *     actors never meet
 * @param correlationId shared by all that one request causes
 * @param causationId the event or command that directly caused this one, where there is one
 */
public record CommandContext(
        TenantId tenant,
        Actor actor,
        Set<Role> roles,
        String idempotencyKey,
        UUID correlationId,
        @Nullable UUID causationId) {

    public CommandContext {
        roles = Set.copyOf(roles);
        if (idempotencyKey.isBlank() || idempotencyKey.length() > 200) {
            throw new IllegalArgumentException("idempotencyKey: must have 1 to 200 characters");
        }
    }
}
