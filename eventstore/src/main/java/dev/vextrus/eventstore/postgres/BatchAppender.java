package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StoreUnavailable;
import dev.vextrus.eventstore.append.AppendPlan;
import dev.vextrus.eventstore.append.ChainedEvent;
import dev.vextrus.eventstore.append.LogHeads;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
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

    private final DataSource source;
    private final String release;
    private final InstantSource clock;
    private final Patience patience;
    private final KnownVersions known;
    private final Foresight foresight;
    private @Nullable WriterSession session;
    private int carefulBatches;

    /** After the database refused a batch asked about trustingly, so many are asked about carefully. */
    private static final int CAREFUL_BATCHES = 32;

    /** As long as a batch before may take. */
    private static final long TURN_MILLIS = 20_000;

    /** A batch that was sent, and may or may not be committed. */
    private static final class Unknown extends Exception {
        private static final long serialVersionUID = 1;
        private final transient AppendPlan plan;
        private final transient WriterSession.Backend by;

        Unknown(AppendPlan plan, WriterSession.Backend by, SQLException cause) {
            super(cause);
            this.plan = plan;
            this.by = by;
        }
    }

    /** @param known and {@code foresight} are shared with the other writers of this process */
    BatchAppender(
            DataSource source,
            String release,
            InstantSource clock,
            Duration patience,
            KnownVersions known,
            Foresight foresight) {
        this.source = source;
        this.known = known;
        this.foresight = foresight;
        this.release = release;
        this.clock = clock;
        this.patience = new Patience(patience, System::nanoTime);
    }

    /**
     * An outcome for each request, in their order.
     *
     * @throws StoreUnavailable if it is not known, or known that nothing was written because the database is away
     */
    List<AppendResult> carryOut(List<AppendRequest> batch) {
        patience.begin();
        if (!foresight.isWorthwhile()) {
            try (Foresight.Hold _ = foresight.together()) {
                return carryOutLocked(batch);
            }
        }
        Unknown lost = null;
        try {
            List<AppendResult> outcomes = carryOutForeseen(batch);
            if (outcomes != null) {
                return outcomes;
            }
        } catch (Unknown sent) {
            lost = sent;
        }
        try (Foresight.Hold _ = foresight.alone()) {
            return lost != null && wasCommitted(lost) ? lost.plan.outcomes() : carryOutLocked(batch);
        }
    }

    /** Null where nothing was written, since it could not be foreseen or was foreseen wrongly. */
    private @Nullable List<AppendResult> carryOutForeseen(List<AppendRequest> batch) throws Unknown {
        try {
            foresight.begin(() -> session().tip());
            try (Foresight.Hold _ = foresight.together()) {
                WriterSession open = session();
                Foresight.Foreseen foreseen = foresight.plan(batch, open::ends, release, now());
                return foreseen != null && send(open, foreseen)
                        ? foreseen.plan().outcomes()
                        : null;
            }
        } catch (SQLException failed) {
            foresight.forget();
            rollBack(failed);
            return null;
        }
    }

    /** Returns whether it is committed. */
    private boolean send(WriterSession open, Foresight.Foreseen foreseen) throws SQLException, Unknown {
        Instant now = foreseen.recordedAt();
        try {
            PlanWriter.After answer = open.writeAfter(foreseen, release, now);
            if (answer == PlanWriter.After.EARLY && foresight.awaitTurn(foreseen, TURN_MILLIS)) {
                answer = open.writeAfter(foreseen, release, now);
            }
            if (answer == PlanWriter.After.WRITTEN) {
                foresight.committed(foreseen);
                return true;
            }
            foresight.overtaken(foreseen);
            return false;
        } catch (SQLException failed) {
            switch (SqlFailure.of(failed)) {
                case DATA -> carefulBatches = CAREFUL_BATCHES;
                case UNAVAILABLE -> {
                    foresight.forget();
                    throw new StoreUnavailable("the database did not take the batch", failed);
                }
                case CONNECTION -> {
                    disconnect();
                    throw new Unknown(foreseen.plan(), open.backend(), failed);
                }
            }
            throw failed;
        }
    }

    private List<AppendResult> carryOutLocked(List<AppendRequest> batch) {
        while (true) {
            try {
                return attempt(batch);
            } catch (Unknown lost) {
                if (wasCommitted(lost)) {
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
        try {
            WriterSession open = session();
            Instant now = now();
            AppendPlan plan = plan(open, batch, now);
            if (plan.events().isEmpty() && plan.commands().isEmpty()) {
                open.rollback();
                return plan.outcomes();
            }
            open.write(plan, release, now);
            commit(open, plan);
            remember(plan);
            return plan.outcomes();
        } catch (SQLException failed) {
            rollBack(failed);
            throw failed;
        }
    }

    private AppendPlan plan(WriterSession open, List<AppendRequest> batch, Instant now) throws SQLException {
        if (carefulBatches == 0) {
            AppendPlan plan = AppendPlan.of(batch, open.lockedHeads(batch, known), release, now);
            if (plan.outcomes().stream().allMatch(AppendResult.Appended.class::isInstance)) {
                return plan;
            }
            // A key taken to be new may be an old one: its first outcome goes before any conflict.
        }
        return AppendPlan.of(batch, open.lockedHeads(batch, null), release, now);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void remember(AppendPlan plan) {
        for (ChainedEvent chained : plan.events()) {
            RecordedEvent event = chained.event();
            known.reached(new LogHeads.Stream(event.tenant(), event.stream()), event.version());
        }
        carefulBatches = Math.max(0, carefulBatches - 1);
    }

    private void commit(WriterSession open, AppendPlan plan) throws Unknown {
        try {
            open.commit();
        } catch (SQLException failed) {
            disconnect();
            throw new Unknown(plan, open.backend(), failed);
        }
    }

    private void rollBack(SQLException cause) {
        WriterSession open = session;
        if (open == null) {
            return;
        }
        try {
            if (SqlFailure.of(cause) != SqlFailure.CONNECTION) {
                open.rollback();
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
            LOG.warn("a command's data was not taken: {}, {}", SqlFailure.message(failed), SqlFailure.words(failed));
            return List.of(new AppendResult.Rejected(SqlFailure.message(failed)));
        }
        int middle = batch.size() / 2;
        List<AppendResult> outcomes = new ArrayList<>(carryOutLocked(batch.subList(0, middle)));
        outcomes.addAll(carryOutLocked(batch.subList(middle, batch.size())));
        return outcomes;
    }

    private boolean wasCommitted(Unknown lost) {
        while (true) {
            try {
                return session().findsCommitted(lost.plan, lost.by);
            } catch (SQLException failed) {
                disconnect();
                patience.pauseOrThrow(failed);
            }
        }
    }

    private WriterSession session() throws SQLException {
        WriterSession open = session;
        if (open == null) {
            open = WriterSession.open(source);
            session = open;
        }
        return open;
    }

    private void disconnect() {
        WriterSession open = session;
        session = null;
        known.forget();
        foresight.forget();
        if (open != null) {
            patience.beginAnew();
            try {
                open.close();
            } catch (SQLException broken) {
                LOG.debug("closing a broken connection", broken);
            }
        }
    }

    /** Leaves nothing open, and forgets. A batch after that connects again. */
    @Override
    public void close() {
        WriterSession open = session;
        if (open != null) {
            try {
                open.rollback();
                open.reset();
            } catch (SQLException broken) {
                LOG.debug("resetting a broken connection", broken);
            } finally {
                disconnect();
            }
        }
    }
}
