package dev.vextrus.finance.tenant;

import dev.vextrus.finance.command.FinanceCommand;

/** What can be asked of a tenant as a whole. */
public sealed interface TenantCommand extends FinanceCommand permits CreateTenant {}
