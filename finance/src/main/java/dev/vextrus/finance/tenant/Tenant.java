package dev.vextrus.finance.tenant;

import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.kernel.CurrencyCode;
import org.jspecify.annotations.Nullable;

/**
 * The tenant as decisions see it.
 *
 * @param created null until it is
 */
public record Tenant(@Nullable TenantCreated created) {

    /** A refusal where there is no such tenant yet. */
    public @Nullable Refusal refuseIfMissing() {
        return created != null
                ? null
                : new Refusal(Rule.TENANT_UNKNOWN, "the tenant has no books yet", null, "create the tenant first");
    }

    /** @throws IllegalStateException if it was not created, which a decider must have refused before */
    public TenantCreated settings() {
        if (created == null) {
            throw new IllegalStateException("tenant: asked for its settings before it was created");
        }
        return created;
    }

    public CurrencyCode baseCurrency() {
        return settings().baseCurrency();
    }
}
