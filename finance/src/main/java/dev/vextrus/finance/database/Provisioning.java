package dev.vextrus.finance.database;

import dev.vextrus.finance.settings.Settings.Credentials;
import dev.vextrus.finance.settings.Settings.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Makes the roles and the database on a server that has neither, as its administrator. Somebody who is not to hold an
 * administrator's password makes them by hand, and leaves {@code VEXTRUS_DATABASE_ADMIN_USER} out.
 */
final class Provisioning {
    /** Plain names need no quoting in any statement, neither here nor in the migrations. */
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/]+/)([^?]*)(.*)");
    private static final String MAINTENANCE_DATABASE = "postgres";
    private static final int CONNECT_SECONDS = 3;

    private final Database database;
    private final Credentials owner;
    private final String name;
    private final DataSource server;

    private Provisioning(Database database, Credentials owner, String name, DataSource server) {
        this.database = database;
        this.owner = owner;
        this.name = name;
        this.server = server;
    }

    /**
     * @param owner who the database is to belong to
     * @throws CannotStart if the settings name no database that can be made
     */
    static Provisioning of(Database database, Credentials administrator, Credentials owner) {
        Matcher url = URL.matcher(database.url());
        if (!url.matches()) {
            throw new CannotStart(
                    "VEXTRUS_DATABASE_URL: to make the database, write it as jdbc:postgresql://host:port/name");
        }
        PGSimpleDataSource server = new PGSimpleDataSource();
        server.setUrl(url.group(1) + MAINTENANCE_DATABASE + url.group(3));
        server.setUser(administrator.user());
        server.setPassword(administrator.password().value());
        server.setConnectTimeout(CONNECT_SECONDS);
        return new Provisioning(database, owner, plain("VEXTRUS_DATABASE_URL", url.group(2)), server);
    }

    /** Connections as the administrator. */
    DataSource server() {
        return server;
    }

    /**
     * Makes what is missing, and sets the roles' passwords to those of the settings. Safe to run by many at once.
     *
     * @throws CannotStart if it cannot be done
     */
    void run() {
        try (Connection connection = server.getConnection()) {
            make(connection);
        } catch (SQLException refused) {
            throw new CannotStart(
                    "VEXTRUS_DATABASE_ADMIN_USER: the database and its roles cannot be made ("
                            + Optional.ofNullable(refused.getMessage()).orElse("no reason given")
                            + "); name a role that may create both, or make them by hand",
                    refused);
        }
    }

    private void make(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Two replicas' init containers may come at once; the lock ends with the session.
            statement.execute("SELECT pg_advisory_lock(hashtext('vextrus provisioning'))");
            for (Credentials role : List.of(owner, database.appender(), database.projector(), database.reader())) {
                role(connection, statement, role);
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
                statement.execute("CREATE DATABASE " + name + " OWNER " + owner.user());
            }
            statement.execute("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
            for (Credentials role : List.of(owner, database.appender(), database.projector(), database.reader())) {
                statement.execute("GRANT CONNECT ON DATABASE " + name + " TO " + role.user());
            }
        }
    }

    private static void role(Connection connection, Statement statement, Credentials role) throws SQLException {
        String user = plain("VEXTRUS_DATABASE_…_USER", role.user());
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", user)) {
            statement.execute("CREATE ROLE " + user);
        }
        statement.execute("ALTER ROLE " + user
                + " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD "
                + statement.enquoteLiteral(role.password().value()));
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static String plain(String variable, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new CannotStart(variable + ": '" + name + "' cannot be made; use lower-case letters, digits and"
                    + " underscores, such as vextrus");
        }
        return name;
    }
}
