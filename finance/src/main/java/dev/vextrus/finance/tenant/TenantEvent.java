package dev.vextrus.finance.tenant;

import dev.vextrus.finance.command.FinanceEvent;

/** What happened to a tenant as a whole. */
public sealed interface TenantEvent extends FinanceEvent permits TenantCreated {}
