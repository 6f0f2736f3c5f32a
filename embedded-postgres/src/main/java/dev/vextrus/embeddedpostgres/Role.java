package dev.vextrus.embeddedpostgres;

import java.util.Locale;

/** The roles of the database. None is a superuser or passes row-level security by an attribute; policies say who sees what. */
public enum Role {
    /** Owns the database and its tables: migrations only. */
    OWNER,
    /** May append to the log, by its functions alone. */
    APPENDER,
    /** Reads the log of all tenants and writes read models. No way leads from HTTP to it. */
    PROJECTOR,
    /** Sees the rows of the one tenant that its transaction names. */
    READER;

    /** The name in the database, such as {@code vextrus_reader}. */
    public String user() {
        return "vextrus_" + name().toLowerCase(Locale.ROOT);
    }
}
