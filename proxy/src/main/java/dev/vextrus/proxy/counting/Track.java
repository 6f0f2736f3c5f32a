package dev.vextrus.proxy.counting;

/** Whom a count belongs to: a colour, and the release behind it at the time. */
public record Track(String color, String version) {}
