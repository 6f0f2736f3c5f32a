package dev.vextrus.eventstore.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of appends, of this process and of others, on a connection of its own, and connects again when it is lost.
 * Nobody depends on it: a subscriber that is not woken polls.
 */
final class AppendSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AppendSignal.class);
    private static final int WAIT_MILLIS = 500;
    /** Appends that follow each other within it are one piece of news: each has its price for all who read the log. */
    private static final int GATHER_MILLIS = 20;

    private final DataSource source;
    private final Runnable onAppend;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    AppendSignal(DataSource source, Runnable onAppend) {
        this.source = source;
        this.onAppend = onAppend;
        this.thread = Thread.ofPlatform().daemon().name("append-signal").start(this::run);
    }

    private void run() {
        boolean open = true;
        while (open) {
            try (Connection connection = source.getConnection()) {
                listen(connection);
            } catch (SQLException lost) {
                if (!closesWithin(0)) {
                    LOG.info("listening for appends: connecting again ({})", lost.getMessage());
                }
            }
            open = !closesWithin(WAIT_MILLIS);
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN eventlog");
            var notifications = connection.unwrap(PGConnection.class);
            // Something may have come before we listened.
            onAppend.run();
            boolean open = !closesWithin(0);
            while (open) {
                boolean heard = notifications.getNotifications(WAIT_MILLIS).length > 0;
                if (heard) {
                    onAppend.run();
                }
                open = !closesWithin(heard ? GATHER_MILLIS : 0);
            }
            statement.execute("UNLISTEN eventlog");
        }
    }

    private boolean closesWithin(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            return true;
        }
    }

    /** On return its connection is back; takes a second at most. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(2 * WAIT_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
