package dev.vextrus.eventstore.postgres;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What an error of the database says about the batch that met it (PostgreSQL manual, appendix A: error codes). */
enum SqlFailure {
    /** The connection is gone. */
    CONNECTION,
    /** Something in the batch cannot be stored: cardinality, data, constraint, limit. */
    DATA,
    /** A timeout, a full disk, a shutdown, or what nobody foresaw. */
    UNAVAILABLE;

    private static final Set<String> DATA_CLASSES = Set.of("21", "22", "23", "54");
    /** Administrator's shutdown, crash shutdown, cannot connect now; idle and transaction timeouts end the session too. */
    private static final Set<String> SESSION_ENDED = Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "25P04");

    static SqlFailure of(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null || state.length() != 5) {
            return UNAVAILABLE;
        }
        if (state.startsWith("08") || SESSION_ENDED.contains(state)) {
            return CONNECTION;
        }
        return DATA_CLASSES.contains(state.substring(0, 2)) ? DATA : UNAVAILABLE;
    }

    /** For the log: the server's words without the statement and its values. */
    static String words(SQLException failure) {
        @Nullable
        ServerErrorMessage server = failure instanceof PSQLException known ? known.getServerErrorMessage() : null;
        return server == null ? "not accepted" : String.valueOf(server.getMessage());
    }

    /** For whoever sent the data: a code to ask about, and nothing of our tables. */
    static String message(SQLException failure) {
        return "SQLSTATE " + failure.getSQLState();
    }
}
