package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.kernel.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Asks one question per connection and turns failures into {@link StoreUnavailable}. */
final class Database {
    private final DataSource source;

    Database(DataSource source) {
        this.source = source;
    }

    /** Makes a value from a row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> list(String query, RowReader<T> reader, Object... parameters) {
        try (Connection connection = source.getConnection()) {
            return list(connection, query, reader, parameters);
        } catch (SQLException failed) {
            throw new StoreUnavailable("the database did not answer", failed);
        }
    }

    /**
     * Within a transaction that names the tenant, which ends with it: a pooled connection keeps nothing. That it commits
     * by itself again is up to its pool; over a broken one it would fail, and hide what broke it.
     */
    <T> List<T> listAs(TenantId tenant, String query, RowReader<T> reader, Object... parameters) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                nameTenant(connection, tenant);
                List<T> rows = list(connection, query, reader, parameters);
                connection.commit();
                return rows;
            } catch (SQLException failed) {
                rollBack(connection, failed);
                throw failed;
            }
        } catch (SQLException failed) {
            throw new StoreUnavailable("the database did not answer", failed);
        }
    }

    private static void rollBack(Connection connection, SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException alsoFailed) {
            cause.addSuppressed(alsoFailed);
        }
    }

    void execute(String command, Object... parameters) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(command)) {
            bind(statement, parameters);
            statement.execute();
        } catch (SQLException failed) {
            throw new StoreUnavailable("the database did not take it", failed);
        }
    }

    private static void nameTenant(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT set_config('vextrus.tenant', ?, true)")) {
            statement.setString(1, tenant.value());
            statement.execute();
        }
    }

    private static <T> List<T> list(Connection connection, String query, RowReader<T> reader, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            bind(statement, parameters);
            List<T> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(reader.read(row));
                }
            }
            return rows;
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
