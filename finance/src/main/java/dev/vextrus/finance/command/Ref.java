package dev.vextrus.finance.command;

/** A stream, and how to read it. */
public record Ref<S>(StreamKey key, Fold<S> fold) {}
