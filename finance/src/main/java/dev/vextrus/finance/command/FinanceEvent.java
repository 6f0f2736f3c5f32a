package dev.vextrus.finance.command;

/** Something that happened, kept for ever. Each aggregate seals its own events ({@code JournalEvent}, …). */
public interface FinanceEvent {}
