package dev.vextrus.finance.projection;

import dev.vextrus.kernel.TenantId;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What projections write through within one transaction. Statements are set-based: one call writes all rows of a batch.
 * They are written for a schema called {@code read_model}.
 */
public final class ReadModelWriter {
    private final Connection connection;
    private final ReadModelName name;
    private final Map<FactKey, BigDecimal> facts = new LinkedHashMap<>();

    /** A canonical fact's name within a tenant, such as {@code balance/1000/EUR}. */
    public record FactKey(TenantId tenant, String fact) {}

    /** Reads one row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    ReadModelWriter(Connection connection, ReadModelName name) {
        this.connection = connection;
        this.name = name;
    }

    /** Writes the rows, if there are any. */
    public void write(String sql, Columns rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(name.qualify(sql))) {
            rows.bind(statement, connection);
            statement.executeUpdate();
        }
    }

    /** Reads what the statement answers for the rows; nothing for no rows. */
    public <T> List<T> query(String sql, Columns rows, RowReader<T> reader) throws SQLException {
        List<T> found = new ArrayList<>();
        if (rows.isEmpty()) {
            return found;
        }
        try (PreparedStatement statement = connection.prepareStatement(name.qualify(sql))) {
            rows.bind(statement, connection);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    found.add(reader.read(result));
                }
            }
        }
        return found;
    }

    /**
     * Reports a canonical fact as the tables now hold it (so read it back from them, not from the event). Facts are what
     * two read-model versions are compared by.
     *
     * @param minorUnits 0 where the fact no longer stands
     */
    public void fact(TenantId tenant, String fact, BigDecimal minorUnits) {
        facts.put(new FactKey(tenant, fact), minorUnits);
    }

    Map<FactKey, BigDecimal> facts() {
        return facts;
    }
}
