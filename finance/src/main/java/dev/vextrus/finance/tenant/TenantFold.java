package dev.vextrus.finance.tenant;

import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.command.Fold;
import dev.vextrus.finance.command.Ref;

/** The tenant's settings, on its one stream of that kind. */
public final class TenantFold implements Fold<Tenant> {
    public static final Ref<Tenant> TENANT = new TenantFold().of("tenant");

    @Override
    public String category() {
        return "tenant";
    }

    @Override
    public String version() {
        return "tenant-1";
    }

    @Override
    public Class<Tenant> stateType() {
        return Tenant.class;
    }

    @Override
    public Tenant initial() {
        return new Tenant(null);
    }

    @Override
    public Tenant evolve(Tenant state, FinanceEvent event) {
        if (event instanceof TenantCreated created && state.created() == null) {
            return new Tenant(created);
        }
        throw new IllegalStateException("tenant: " + event + " cannot follow " + state);
    }
}
