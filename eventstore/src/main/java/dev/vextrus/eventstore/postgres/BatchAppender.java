package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.eventstore.append.AppendPlan;
import dev.vextrus.eventstore.append.ChainedEvent;
import dev.vextrus.eventstore.append.LogHeads;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries batches out on one connection that it keeps, one transaction each. For one thread.
 *
 * <p>Where the connection is lost, it connects again and finds out under the log's lock whether the batch was committed:
 * the lost session held that lock until its own end, so the answer is final. If it was not, it is carried out again.
 * Only where the database stays away for longer than its patience is the outcome left open.
 */
final class BatchAppender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchAppender.class);

    /** A stopped process must not hold the log's lock for long, so its session ends before others give up waiting. */
    private static final String SESSION = """
            SET lock_timeout = '10s';
            SET statement_timeout = '10s';
            SET idle_in_transaction_session_timeout = '5s';
            SET transaction_timeout = '15s';
            SET enable_seqscan = off;
            SET plan_cache_mode = force_generic_plan
            """;

    private final DataSource source;
    private final String release;
    private final InstantSource clock;
    private final Patience patience;
    private final KnownVersions known;
    private @Nullable Session session;
    private int carefulBatches;

    /** After the database refused a batch asked about trustingly, so many are asked about carefully. */
    private static final int CAREFUL_BATCHES = 32;

    /** One connection with its statements. */
    private record Session(Connection connection, PreparedStatement heads, PreparedStatement write) {}

    /** A batch that was sent, and may or may not be committed. */
    private static final class Unknown extends Exception {
        private static final long serialVersionUID = 1;
        private final transient AppendPlan plan;

        Unknown(AppendPlan plan, SQLException cause) {
            super(cause);
            this.plan = plan;
        }
    }

    /** @param known shared with the other writers of this process */
    BatchAppender(DataSource source, String release, InstantSource clock, Duration patience, KnownVersions known) {
        this.source = source;
        this.known = known;
        this.release = release;
        this.clock = clock;
        this.patience = new Patience(patience);
    }

    /**
     * An outcome for each request, in their order.
     *
     * @throws StoreUnavailable if it is not known, or known that nothing was written because the database is away
     */
    List<AppendResult> carryOut(List<AppendRequest> batch) {
        patience.begin();
        while (true) {
            try {
                return attempt(batch);
            } catch (Unknown lost) {
                if (wasCommitted(lost.plan)) {
                    return lost.plan.outcomes();
                }
            } catch (SQLException failed) {
                switch (SqlFailure.of(failed)) {
                    case DATA -> {
                        if (carefulBatches > 0) {
                            return bisect(batch, failed);
                        }
                        carefulBatches = CAREFUL_BATCHES;
                    }
                    case UNAVAILABLE -> throw new StoreUnavailable("the database did not take the batch", failed);
                    case CONNECTION -> patience.pauseOrThrow(failed);
                }
            }
        }
    }

    private List<AppendResult> attempt(List<AppendRequest> batch) throws SQLException, Unknown {
        Session open = session();
        try {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            AppendPlan plan = plan(open, batch, now);
            if (plan.events().isEmpty() && plan.commands().isEmpty()) {
                open.connection.rollback();
                return plan.outcomes();
            }
            PlanWriter.write(open.write, plan, release, now);
            commit(open, plan);
            remember(plan);
            return plan.outcomes();
        } catch (SQLException failed) {
            rollBack(open, failed);
            throw failed;
        }
    }

    private AppendPlan plan(Session open, List<AppendRequest> batch, Instant now) throws SQLException {
        if (carefulBatches == 0) {
            LogHeads trusted = HeadsQuery.read(open.heads, batch, known);
            AppendPlan plan = AppendPlan.of(batch, trusted, release, now);
            if (plan.outcomes().stream().allMatch(AppendResult.Appended.class::isInstance)) {
                return plan;
            }
            // A key taken to be new may be an old one: its first outcome goes before any conflict.
        }
        return AppendPlan.of(batch, HeadsQuery.read(open.heads, batch, null), release, now);
    }

    private void remember(AppendPlan plan) {
        for (ChainedEvent chained : plan.events()) {
            RecordedEvent event = chained.event();
            known.reached(new LogHeads.Stream(event.tenant(), event.stream()), event.version());
        }
        carefulBatches = Math.max(0, carefulBatches - 1);
    }

    private void commit(Session open, AppendPlan plan) throws Unknown {
        try {
            open.connection.commit();
        } catch (SQLException failed) {
            disconnect();
            throw new Unknown(plan, failed);
        }
    }

    private void rollBack(Session open, SQLException cause) {
        try {
            if (SqlFailure.of(cause) != SqlFailure.CONNECTION) {
                open.connection.rollback();
                return;
            }
        } catch (SQLException alsoFailed) {
            cause.addSuppressed(alsoFailed);
        }
        disconnect();
    }

    /** Halves the batch until what cannot be stored stands alone, and its neighbours are stored. */
    private List<AppendResult> bisect(List<AppendRequest> batch, SQLException failed) {
        if (batch.size() == 1) {
            return List.of(new AppendResult.Rejected(SqlFailure.message(failed)));
        }
        int middle = batch.size() / 2;
        List<AppendResult> outcomes = new ArrayList<>(carryOut(batch.subList(0, middle)));
        outcomes.addAll(carryOut(batch.subList(middle, batch.size())));
        return outcomes;
    }

    private boolean wasCommitted(AppendPlan plan) {
        while (true) {
            try {
                return isThere(session().connection, plan);
            } catch (SQLException failed) {
                disconnect();
                patience.pauseOrThrow(failed);
            }
        }
    }

    private static boolean isThere(Connection connection, AppendPlan plan) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.execute("SELECT pg_advisory_xact_lock(7311142570156650343)");
        }
        boolean found = plan.events().isEmpty()
                ? isThere(connection, plan.commands().getFirst().sequence(), plan)
                : isThere(connection, plan.events().getFirst());
        connection.rollback();
        return found;
    }

    private static boolean isThere(Connection connection, ChainedEvent first) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT id FROM eventlog.events WHERE position = ?")) {
            query.setLong(1, first.event().position());
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        && row.getObject(1, UUID.class).equals(first.event().id());
            }
        }
    }

    private static boolean isThere(Connection connection, long sequence, AppendPlan plan) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT " + CommandRows.COLUMNS + " FROM eventlog.commands WHERE sequence = ?")) {
            query.setLong(1, sequence);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        && CommandRows.command(row).equals(plan.commands().getFirst());
            }
        }
    }

    private Session session() throws SQLException {
        Session open = session;
        if (open == null) {
            open = connect();
            session = open;
        }
        return open;
    }

    private Session connect() throws SQLException {
        Connection connection = source.getConnection();
        try {
            try (Statement settings = connection.createStatement()) {
                settings.execute(SESSION);
            }
            connection.setAutoCommit(false);
            return new Session(connection, HeadsQuery.prepare(connection), PlanWriter.prepare(connection));
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    private void disconnect() {
        known.forget();
        Session open = session;
        session = null;
        if (open != null) {
            try {
                open.connection.close();
            } catch (SQLException broken) {
                LOG.debug("closing a broken connection", broken);
            }
        }
    }

    /** Gives the connection back as it was found: it may come from a pool. */
    @Override
    public void close() {
        Session open = session;
        if (open != null) {
            try (Statement settings = open.connection.createStatement()) {
                settings.execute("RESET ALL");
                open.connection.commit();
                open.connection.setAutoCommit(true);
            } catch (SQLException broken) {
                LOG.debug("resetting a broken connection", broken);
            }
        }
        disconnect();
    }
}
