package dev.vextrus.finance.projection;

import java.util.regex.Pattern;

/** A read-model version, {@code v} and a number of 1 to 6 digits; it lives in a PostgreSQL schema of its own. */
public record ReadModelName(String value) {
    private static final Pattern FORM = Pattern.compile("v[1-9][0-9]{0,5}");
    private static final String STAND_IN = "read_model.";

    public ReadModelName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "read model: '" + value + "' is not v and a number; write one such as v7");
        }
    }

    public static ReadModelName of(String value) {
        return new ReadModelName(value);
    }

    /** The schema's name, safe to stand in SQL as it is. */
    public String schema() {
        return "read_" + value;
    }

    /** Statements are written for a schema called {@code read_model}; this turns one into a statement for this version. */
    public String qualify(String sql) {
        return sql.replace(STAND_IN, schema() + ".");
    }

    @Override
    public String toString() {
        return value;
    }
}
