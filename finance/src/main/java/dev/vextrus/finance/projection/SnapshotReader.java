package dev.vextrus.finance.projection;

import dev.vextrus.finance.projection.ReadModelWriter.RowReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Reads a read-model version over all tenants, all statements within one snapshot of the database. */
public final class SnapshotReader implements AutoCloseable {
    private final Connection connection;
    private final ReadModelName name;

    /** Takes the snapshot; the first query fixes it. */
    public SnapshotReader(DataSource projector, ReadModelName name) throws SQLException {
        this.connection = projector.getConnection();
        this.name = name;
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
    }

    /** The position of the last event that the snapshot holds. */
    public long position() throws SQLException {
        String sql = "select position from read_model.projector where one = any (?)";
        return query(sql, Columns.of("bool").add(true), row -> row.getLong(1)).getFirst();
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

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.setReadOnly(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.close();
    }
}
