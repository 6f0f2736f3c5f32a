package dev.vextrus.finance.journal;

/** The entry was taken back by the entry {@code reversal}, which has a stream of its own. */
public record JournalEntryReversed(JournalEntryId entry, JournalEntryId reversal) implements JournalEvent {}
