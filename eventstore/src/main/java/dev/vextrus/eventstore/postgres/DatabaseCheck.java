package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.StoreUnavailable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What a database must be before books are kept in it; looked at when the service starts and before a benchmark. */
public final class DatabaseCheck {
    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");

    private DatabaseCheck() {}

    /** The settings that make a commit durable, as the server has them: {@code fsync} and others. */
    public static Map<String, String> durability(DataSource source) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            Map<String, String> settings = new TreeMap<>();
            for (String name : DURABLE) {
                try (ResultSet row = statement.executeQuery("SHOW " + name)) {
                    row.next();
                    settings.put(name, row.getString(1));
                }
            }
            return settings;
        } catch (SQLException failed) {
            throw new StoreUnavailable("cannot ask the database whether it is durable", failed);
        }
    }

    /** @throws IllegalStateException if an answered commit might be lost; names the setting */
    public static void refuseUnlessDurable(DataSource source) {
        durability(source).forEach((name, value) -> {
            // remote_write, remote_apply and on wait for this machine's disk; local and off are weaker promises.
            if (value.equals("off") || value.equals("local")) {
                throw new IllegalStateException("the database has " + name + " = " + value
                        + ": an answered commit could be lost; set " + name + " = on");
            }
        });
    }

    /**
     * @param use what the connection is for, as the message names it
     * @throws IllegalStateException if the role is a superuser, passes row-level security, or owns the log
     */
    public static void refuseUnlessPlain(DataSource source, String use) {
        List<String> faults = new ArrayList<>();
        String role;
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT current_user, r.rolsuper, r.rolbypassrls,
                               EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                                       WHERE n.nspname = 'eventlog' AND pg_has_role(current_user, c.relowner, 'MEMBER'))
                               OR EXISTS (SELECT 1 FROM pg_database d WHERE d.datname = current_database()
                                          AND pg_has_role(current_user, d.datdba, 'MEMBER'))
                        FROM pg_roles r WHERE r.rolname = current_user
                        """)) {
            row.next();
            role = row.getString(1);
            addIf(row.getBoolean(2), "is a superuser", faults);
            addIf(row.getBoolean(3), "has BYPASSRLS", faults);
            addIf(row.getBoolean(4), "owns the log or the database", faults);
        } catch (SQLException failed) {
            throw new StoreUnavailable("cannot ask the database about its roles", failed);
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException("the " + use + " connects as " + role + ", which "
                    + String.join(" and ", faults) + ": tenants would not be held apart; use a plain role such as "
                    + "vextrus_" + use);
        }
    }

    private static void addIf(boolean found, String fault, List<String> faults) {
        if (found) {
            faults.add(fault);
        }
    }
}
