package dev.vextrus.embeddedpostgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/** The database {@code vextrus} with its roles, made on an embedded server. */
public final class Roles {
    /** The database that holds events and read models. */
    public static final String DATABASE = "vextrus";

    private final EmbeddedPostgres server;

    private Roles(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Makes the database and its roles where they are missing, and takes back what a role should not have. */
    public static Roles provision(EmbeddedPostgres server) {
        try (Connection connection =
                        server.dataSource("postgres", server.superuser()).getConnection();
                Statement statement = connection.createStatement()) {
            for (Role role : Role.values()) {
                provision(connection, statement, role, EmbeddedPostgres.credentials(server.secrets(), role.user()));
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", DATABASE)) {
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + Role.OWNER.user());
            }
            statement.execute("REVOKE ALL ON DATABASE " + DATABASE + " FROM PUBLIC");
            for (Role role : Role.values()) {
                statement.execute("GRANT CONNECT ON DATABASE " + DATABASE + " TO " + role.user());
            }
        } catch (SQLException failed) {
            throw new EmbeddedPostgresException("cannot make the database " + DATABASE + " and its roles", failed);
        }
        return new Roles(server);
    }

    private static void provision(Connection connection, Statement statement, Role role, Credentials credentials)
            throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role.user())) {
            statement.execute("CREATE ROLE " + role.user());
        }
        statement.execute("ALTER ROLE " + role.user()
                + " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD "
                + statement.enquoteLiteral(credentials.password()));
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    public Credentials credentials(Role role) {
        return EmbeddedPostgres.credentials(server.secrets(), role.user());
    }

    /** Connections to {@link #DATABASE} as a role, unpooled. */
    public DataSource dataSource(Role role) {
        return server.dataSource(DATABASE, credentials(role));
    }

    /** The environment by which the finance service finds the database, as its settings name it; passwords by file. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("VEXTRUS_DATABASE_URL", server.jdbcUrl(DATABASE));
        for (Role role : Role.values()) {
            environment.put("VEXTRUS_DATABASE_" + role + "_USER", role.user());
            environment.put(
                    "VEXTRUS_DATABASE_" + role + "_PASSWORD_FILE",
                    credentials(role).passwordFile().toString());
        }
        return environment;
    }
}
