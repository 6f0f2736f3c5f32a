package dev.vextrus.finance.codec;

import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings one event type's payload from a schema version to the next, in memory only.
 *
 * @param to gives the payload of version {@code from + 1}
 */
public record Upcaster(String type, int from, UnaryOperator<ObjectNode> to) {}
