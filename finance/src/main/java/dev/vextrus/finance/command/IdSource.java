package dev.vextrus.finance.command;

import java.util.UUID;

/** Where ids come from; the only place, so that a test or a replay can say which. */
public interface IdSource {

    /** A new version 7 UUID (RFC 9562). */
    UUID next();
}
