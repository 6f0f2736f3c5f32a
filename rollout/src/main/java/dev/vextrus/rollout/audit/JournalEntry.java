package dev.vextrus.rollout.audit;

import java.time.Instant;

/**
 * One line of the journal.
 *
 * @param sequence 1 for the first
 * @param previous hash of the entry before, 64 zeros for the first
 * @param hash SHA-256 over {@code previous} and everything else of the entry
 */
public record JournalEntry(long sequence, Instant at, JournalRecord what, String previous, String hash) {}
