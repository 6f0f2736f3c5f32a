package dev.vextrus.finance.account;

import dev.vextrus.finance.command.FinanceEvent;

/** What happened to an account. */
public sealed interface AccountEvent extends FinanceEvent
        permits AccountOpened, AccountDeactivated, AccountReactivated {
    AccountCode account();
}
