package dev.vextrus.eventstore;

/** A stream at a version (0: no event yet). As a guard: the stream must still have it when the append commits. */
public record StreamVersion(StreamId stream, long version) {}
