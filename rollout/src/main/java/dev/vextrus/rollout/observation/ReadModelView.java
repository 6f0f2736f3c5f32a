package dev.vextrus.rollout.observation;

/**
 * How far a release's read model is.
 *
 * @param live whether it follows the log, rather than being built
 * @param position the last event it holds
 * @param head the log's newest position
 */
public record ReadModelView(String name, boolean live, long position, long head) {}
