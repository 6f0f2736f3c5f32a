package dev.vextrus.finance.query;

import dev.vextrus.finance.query.Page.Entry;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * An order of a list in which a place is found by its values, not by counting: pages stay right while rows come in, and
 * the hundredth costs what the first does.
 *
 * @param name tells this order's cursors from those of others
 * @param columns together unique within a tenant
 */
public record Keyset(String name, boolean descending, List<Column> columns) {
    private static final String SEPARATOR = "\u001f";

    /** A column to sort by, of a type that cursors can carry. */
    public record Column(String sql, Kind kind) {}

    /** Types that cursors can carry. */
    public enum Kind {
        BIGINT,
        DATE,
        TEXT;

        void check(String value) {
            switch (this) {
                case BIGINT -> Long.parseLong(value);
                case DATE -> checkDate(value);
                case TEXT -> {
                    if (value.chars().anyMatch(Character::isISOControl)) {
                        throw new NumberFormatException("control character");
                    }
                }
            }
        }

        /** As the API's own dates: Java's calendar goes further than PostgreSQL's, and both further than any books. */
        private static void checkDate(String value) {
            int year = LocalDate.parse(value).getYear();
            if (year < 1 || year > 9999) {
                throw new DateTimeException("the year " + year + " is not between 1 and 9999");
            }
        }
    }

    public Keyset {
        columns = List.copyOf(columns);
    }

    public static Keyset ascending(String name, Column... columns) {
        return new Keyset(name, false, List.of(columns));
    }

    public static Keyset descending(String name, Column... columns) {
        return new Keyset(name, true, List.of(columns));
    }

    /** Completes {@code select … where …} to one page's statement: {@code and … order by … limit …}. */
    public String tail(PageRequest page) {
        StringBuilder sql = new StringBuilder();
        if (page.after() != null) {
            sql.append(" and (").append(list("")).append(descending ? ") < (" : ") > (");
            for (int i = 0; i < columns.size(); i++) {
                sql.append(i == 0 ? "" : ", ").append("cast(:after").append(i).append(" as ");
                sql.append(columns.get(i).kind().name()).append(')');
            }
            sql.append(')');
        }
        return sql.append(" order by ")
                .append(list(descending ? " desc" : ""))
                .append(" limit :limit")
                .toString();
    }

    /** Binds what {@link #tail} left open. */
    public StatementSpec bind(StatementSpec statement, PageRequest page) {
        StatementSpec bound = statement.param("limit", page.first() + 1);
        if (page.after() != null) {
            List<String> values = decode(page.after());
            for (int i = 0; i < values.size(); i++) {
                bound = bound.param("after" + i, values.get(i));
            }
        }
        return bound;
    }

    /** Reads a node with its cursor; the statement must select the keyset's columns under their own names. */
    public <T> Entry<T> entry(ResultSet row, T node) throws SQLException {
        List<String> values = new ArrayList<>();
        values.add(name);
        for (Column column : columns) {
            values.add(row.getString(column.sql()));
        }
        byte[] bytes = String.join(SEPARATOR, values).getBytes(StandardCharsets.UTF_8);
        return new Entry<>(node, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Cuts off the row that was asked for only to learn whether there is one. */
    public <T> Page<T> page(List<Entry<T>> found, PageRequest request) {
        boolean more = found.size() > request.first();
        return new Page<>(more ? found.subList(0, request.first()) : found, more, request.after() != null);
    }

    private List<String> decode(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            List<String> values = List.of(text.split(SEPARATOR, -1));
            if (values.size() == columns.size() + 1 && values.getFirst().equals(name)) {
                for (int i = 0; i < columns.size(); i++) {
                    columns.get(i).kind().check(values.get(i + 1));
                }
                return values.subList(1, values.size());
            }
        } catch (IllegalArgumentException | DateTimeException notACursor) {
            throw badCursor(notACursor);
        }
        throw badCursor(null);
    }

    private static BadPage badCursor(@Nullable Exception cause) {
        BadPage bad = new BadPage("after: is not a cursor of this list in this order; take one from an earlier page");
        if (cause != null) {
            bad.initCause(cause);
        }
        return bad;
    }

    private String list(String suffix) {
        return String.join(
                ", ", columns.stream().map(column -> column.sql() + suffix).toList());
    }
}
