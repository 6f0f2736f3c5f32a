package dev.vextrus.finance.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vextrus.finance.settings.Settings.Credentials;
import dev.vextrus.finance.settings.Settings.Database;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A pool per database role, so that each part of the service can do no more than its role. No pool needs the database to
 * be there when it is made: an outage fails requests, never the process.
 */
public final class Pools {
    /** A request waits this long for a connection before it is told that the books cannot be reached. */
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);

    private static final Duration QUERY_LIMIT = Duration.ofSeconds(10);
    /**
     * The server ends whatever readers and appenders ask for by then. Whoever is silent for longer is not there any more,
     * though nobody closed the connection: a writer that waited for it would wait for hours.
     */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    /** Whoever reads the whole log, or compares all books, may wait long for the first of it; nobody sets it a limit. */
    private static final Duration LONG_SILENCE = Duration.ofMinutes(2);

    private static final int READERS = 10;
    private static final int APPENDERS = 4;
    /** One listens, one projects, one holds the lease, the others answer operators. */
    private static final int PROJECTORS = 6;

    private static final int CONNECT_SECONDS = 3;

    private Pools() {}

    public static HikariDataSource appender(Database database) {
        HikariConfig config = config("appender", database.url(), database.appender(), APPENDERS);
        config.addDataSourceProperty("socketTimeout", String.valueOf(SILENCE.toSeconds()));
        return new HikariDataSource(config);
    }

    public static HikariDataSource projector(Database database) {
        HikariConfig config = config("projector", database.url(), database.projector(), PROJECTORS);
        config.addDataSourceProperty("socketTimeout", String.valueOf(LONG_SILENCE.toSeconds()));
        return new HikariDataSource(config);
    }

    /** Every query of this pool ends within a bound, so that no request can hold a connection for long. */
    public static HikariDataSource reader(Database database) {
        HikariConfig config = config("reader", database.url(), database.reader(), READERS);
        config.addDataSourceProperty("socketTimeout", String.valueOf(SILENCE.toSeconds()));
        config.addDataSourceProperty("options", "-c statement_timeout=" + QUERY_LIMIT.toMillis());
        return new HikariDataSource(config);
    }

    /** For what is done once at the start, and then never again. */
    static DataSource unpooled(Database database, Credentials role) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(role.user());
        source.setPassword(role.password().value());
        source.setConnectTimeout(CONNECT_SECONDS);
        return source;
    }

    private static HikariConfig config(String name, String url, Credentials role, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setUsername(role.user());
        config.setPassword(role.password().value());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        config.setValidationTimeout(Duration.ofSeconds(2).toMillis());
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", "vextrus-finance-" + name);
        config.addDataSourceProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return config;
    }
}
