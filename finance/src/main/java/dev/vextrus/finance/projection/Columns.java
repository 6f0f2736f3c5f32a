package dev.vextrus.finance.projection;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows, kept as columns: the arrays that one {@code unnest} statement takes, in the order of its parameters. */
public final class Columns {
    private final List<String> types;
    private final List<List<@Nullable Object>> values = new ArrayList<>();

    private Columns(List<String> types) {
        this.types = types;
        types.forEach(type -> values.add(new ArrayList<>()));
    }

    /** @param types PostgreSQL's names of the columns' types, such as {@code bigint} */
    public static Columns of(String... types) {
        return new Columns(List.of(types));
    }

    /** Adds a row, one value per column. */
    public Columns add(@Nullable Object... row) {
        if (row.length != types.size()) {
            throw new IllegalArgumentException("row: " + row.length + " values for " + types.size() + " columns");
        }
        for (int i = 0; i < row.length; i++) {
            values.get(i).add(row[i]);
        }
        return this;
    }

    public boolean isEmpty() {
        return values.getFirst().isEmpty();
    }

    void bind(PreparedStatement statement, Connection connection) throws SQLException {
        for (int i = 0; i < types.size(); i++) {
            Array array = connection.createArrayOf(types.get(i), array(types.get(i), values.get(i)));
            statement.setArray(i + 1, array);
        }
    }

    /** The driver sends arrays in binary form only where their Java type says what they hold. */
    private static @Nullable Object[] array(String type, List<@Nullable Object> column) {
        return switch (type) {
            case "bytea" -> column.toArray(new byte[0][]);
            case "text" -> column.toArray(new String[0]);
            case "bigint" -> column.toArray(new Long[0]);
            case "int" -> column.toArray(new Integer[0]);
            case "numeric" -> column.toArray(new BigDecimal[0]);
            case "bool" -> column.toArray(new Boolean[0]);
            default -> column.toArray();
        };
    }
}
