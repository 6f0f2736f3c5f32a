package dev.vextrus.finance.account;

/** Nothing more can be posted to the account. */
public record AccountDeactivated(AccountCode account) implements AccountEvent {}
