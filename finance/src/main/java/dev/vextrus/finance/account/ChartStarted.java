package dev.vextrus.finance.account;

import dev.vextrus.finance.command.FinanceEvent;

/** The tenant has a chart of accounts, in which documents post to these. Happens once, as the tenant is created. */
public record ChartStarted(PostingAccounts postingAccounts) implements FinanceEvent {}
