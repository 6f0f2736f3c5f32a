package dev.vextrus.finance.account;

/** The account can be posted to again. */
public record AccountReactivated(AccountCode account) implements AccountEvent {}
