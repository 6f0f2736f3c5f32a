package dev.vextrus.rollout.planfile;

/**
 * Something wrong in a file.
 *
 * @param code stable name of the kind of problem
 * @param line 1 for the first; 0 where no place can be named
 * @param column 1 for the first; 0 where no place can be named
 * @param field path of the field, such as {@code spec.phases[1].bake}; empty for the file as a whole
 * @param remedy what to do about it
 */
public record Problem(Code code, String file, int line, int column, String field, String message, String remedy) {

    /** Kinds of problem; the names are stable. */
    public enum Code {
        FILE_UNREADABLE,
        SYNTAX,
        DUPLICATE_FIELD,
        UNKNOWN_FIELD,
        MISSING_FIELD,
        WRONG_TYPE,
        BAD_VALUE
    }

    @Override
    public String toString() {
        String place = line > 0 ? file + ":" + line + ":" + column : file;
        String where = field.isEmpty() ? "" : field + ": ";
        return place + ": " + where + message + "; " + remedy + " (" + code + ")";
    }
}
