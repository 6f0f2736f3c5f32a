package dev.vextrus.rolloutkubernetes.resource;

/**
 * What became of it.
 *
 * @param state {@code Taken}, once it is in the rollout's journal, which says what came of it, or {@code Refused}
 * @param message why, in words
 */
public record RolloutApprovalStatus(String state, String message) {}
