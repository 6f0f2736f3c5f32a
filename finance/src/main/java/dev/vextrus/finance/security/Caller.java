package dev.vextrus.finance.security;

import dev.vextrus.finance.command.Role;
import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.TenantId;
import java.util.Set;

/** Who calls, as a verified token says. The tenant comes from nowhere else. */
public record Caller(TenantId tenant, Actor actor, Set<Role> roles) {

    /** What tells one user from all others. */
    record Name(TenantId tenant, Actor actor) {}

    Name name() {
        return new Name(tenant, actor);
    }

    public Caller {
        roles = Set.copyOf(roles);
    }
}
