package dev.vextrus.finance.account;

import dev.vextrus.finance.command.FinanceCommand;

/** What can be asked of the chart of accounts. */
public sealed interface AccountCommand extends FinanceCommand
        permits OpenAccount, DeactivateAccount, ReactivateAccount {
    AccountCode account();
}
