package dev.vextrus.finance.projection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;

/** Creates the schema of one read-model version, as owner. Schemas of other versions are never touched. */
public final class ReadModelSchema {
    private static final List<String> PARTS =
            List.of("projector.sql", "books.sql", "trade.sql", "parity.sql", "security.sql");
    private static final Pattern ROLE = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private ReadModelSchema() {}

    /**
     * Creates the version's schema unless it is there. Replicas that start together create it once.
     *
     * @param owner a connection that may create schemas
     * @param projectorRole the role that writes it
     * @param readerRole the role that reads it, one tenant at a time
     * @throws IllegalStateException if the schema is there with other tables than this release's
     */
    public static void create(DataSource owner, ReadModelName name, String projectorRole, String readerRole) {
        String layout = layout();
        String script = script(name, projectorRole, readerRole);
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            try {
                lock(connection);
                String found = findLayout(connection, name);
                if (found == null) {
                    execute(connection, script);
                    execute(connection, "comment on schema " + name.schema() + " is '" + layout + "'");
                } else if (!found.equals(layout)) {
                    throw new IllegalStateException("VEXTRUS_READ_MODEL: schema " + name.schema()
                            + " was made by a release with other tables; name a version that no release has used");
                }
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new UncategorizedSQLException("create read model " + name, null, e);
        }
    }

    /** Tells whether two releases mean the same tables. */
    private static String layout() {
        StringBuilder all = new StringBuilder();
        PARTS.forEach(part -> all.append(resource(part)));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return "layout " + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String script(ReadModelName name, String projectorRole, String readerRole) {
        StringBuilder script = new StringBuilder("create schema " + name.schema() + ";\n");
        PARTS.forEach(part -> script.append(resource(part)));
        return name.qualify(script.toString())
                .replace("${schema}", name.schema())
                .replace("${projector}", role(projectorRole))
                .replace("${reader}", role(readerRole));
    }

    private static String role(String name) {
        if (!ROLE.matcher(name).matches()) {
            throw new IllegalArgumentException("database role: '" + name
                    + "' is not lower-case letters, digits and underscores; name it such as vextrus_reader");
        }
        return name;
    }

    private static String resource(String part) {
        String path = "/db/readmodel/" + part;
        try (InputStream in = ReadModelSchema.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("class path: " + path + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    private static void lock(Connection connection) throws SQLException {
        execute(connection, "select pg_advisory_xact_lock(hashtext('vextrus read-model schema'))");
    }

    private static @Nullable String findLayout(Connection connection, ReadModelName name) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(
                "select coalesce(obj_description(oid, 'pg_namespace'), '') from pg_namespace where nspname = ?")) {
            find.setString(1, name.schema());
            try (ResultSet row = find.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
