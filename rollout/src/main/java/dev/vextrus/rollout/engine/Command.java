package dev.vextrus.rollout.engine;

import java.time.Instant;

/**
 * One wish of one person.
 *
 * @param id given once, so that a command is obeyed once however often it is delivered
 * @param by who, for the audit
 * @param reason why; may be empty, but not for {@link CommandKind#SKIP}
 */
public record Command(String id, CommandKind kind, String by, String reason, Instant at) {}
