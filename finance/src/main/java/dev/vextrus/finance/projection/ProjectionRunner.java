package dev.vextrus.finance.projection;

import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.RecordedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Keeps one read-model version in step with the log. Every replica runs one; whichever holds the lease writes. It may be
 * stopped or killed at any point: the next one goes on from the checkpoint, which is a rebuild that was resumed.
 */
public final class ProjectionRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionRunner.class);
    /** As many as lie between two cuts while far behind: about one slice a batch. */
    private static final int BATCH = 10_000;
    /** How often to look whether to stop, and whether the lease has become free. */
    private static final int TURN_MILLIS = 250;
    /** So many turns without an event, and the lease is renewed. */
    private static final int TURNS_BETWEEN_RENEWALS = 4;

    private static final int MAX_PAUSE_MILLIS = 2_000;
    /** Gathered while others read, but nobody of this process waits for what he wrote: half of what an event may take. */
    private static final int GATHER_MILLIS = 25;
    /** While nobody reads: a release that waits for its traffic, or has lost it, should cost those little who have it. */
    private static final int GATHER_UNREAD_MILLIS = 250;

    private final EventStore store;
    private final EventDecoder decoder;
    private final List<Projection> projections;
    private final DataSource projector;
    private final ReadModelName name;
    private final ProjectorLease lease;
    private final ReadModelPosition position;
    private final BooleanSupplier read;
    private final int batch;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread worker;

    /**
     * @param projector connections that may write the read model
     * @param position told of every commit
     * @param holder names this worker in the lease, for people
     * @param read whether anybody reads the read model these days; while nobody does, it may lag by a quarter of a second
     */
    public ProjectionRunner(
            EventStore store,
            EventDecoder decoder,
            List<Projection> projections,
            DataSource projector,
            ReadModelName name,
            ReadModelPosition position,
            String holder,
            BooleanSupplier read) {
        this(store, decoder, projections, projector, name, position, holder, read, BATCH);
    }

    ProjectionRunner(
            EventStore store,
            EventDecoder decoder,
            List<Projection> projections,
            DataSource projector,
            ReadModelName name,
            ReadModelPosition position,
            String holder,
            BooleanSupplier read,
            int batch) {
        this.read = read;
        this.batch = batch;
        this.store = store;
        this.decoder = decoder;
        this.projections = List.copyOf(projections);
        this.projector = projector;
        this.name = name;
        this.lease = new ProjectorLease(projector, name, holder);
        this.position = position;
        this.worker = Thread.ofPlatform().name("projector-" + name).daemon().unstarted(this::run);
    }

    /** Starts following the log, on a thread of its own. */
    public void start() {
        worker.start();
    }

    /** Stops between two batches and lets go of the lease. */
    @Override
    public void close() {
        stop.countDown();
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How far the read model is, whoever writes it. */
    public ReadModelStatus status() {
        String sql = name.qualify("select position, state, epoch from read_model.projector");
        try (Connection connection = projector.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException(name.schema() + ".projector: has lost its row");
            }
            ReadModelState state = ReadModelState.of(row.getString(2));
            return new ReadModelStatus(name, state, row.getLong(1), store.head(), row.getLong(3));
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("status of read model " + name, e);
        }
    }

    private void run() {
        int pauseMillis = TURN_MILLIS;
        while (isOpen()) {
            try {
                Optional<ProjectorLease.Term> term = lease.acquire();
                if (term.isPresent()) {
                    serve(term.get());
                }
                pauseMillis = TURN_MILLIS;
            } catch (ProjectorLease.Lost e) {
                LOG.warn("{}", e.getMessage());
            } catch (SQLException | RuntimeException e) {
                LOG.warn("read model {}: will try again in {} ms", name, pauseMillis, e);
                pauseMillis = Math.min(pauseMillis * 2, MAX_PAUSE_MILLIS);
            } catch (Error e) {
                // A worker that died of it would leave the read model standing still without a word.
                LOG.error("read model {}: will try again in {} ms", name, MAX_PAUSE_MILLIS, e);
                pauseMillis = MAX_PAUSE_MILLIS;
            }
            pause(pauseMillis);
        }
    }

    private void serve(ProjectorLease.Term term) throws SQLException {
        BatchWriter writer = new BatchWriter(projector, name, decoder, projections, lease, term);
        writer.start();
        position.advanceTo(writer.position());
        position.writtenHere(true);
        try {
            LOG.info("read model {}: writing from position {} (epoch {})", name, term.position(), term.epoch());
            catchUp(writer);
            follow(writer, term.epoch());
        } finally {
            position.writtenHere(false);
        }
        lease.release(term.epoch());
    }

    /** Reads the past in large batches, the next one while the last is written. */
    private void catchUp(BatchWriter writer) throws SQLException {
        List<RecordedEvent> events = store.readLog(writer.position(), batch);
        while (isOpen()) {
            boolean more = events.size() == batch;
            FutureTask<List<RecordedEvent>> next =
                    more ? readAhead(events.getLast().position()) : null;
            if (!events.isEmpty()) {
                write(writer, events, store.head());
            }
            if (next == null) {
                writer.becomeLive();
                return;
            }
            events = await(next);
        }
    }

    private FutureTask<List<RecordedEvent>> readAhead(long after) {
        FutureTask<List<RecordedEvent>> reading = new FutureTask<>(() -> store.readLog(after, batch));
        Thread.ofVirtual().name("read-ahead-" + name).start(reading);
        return reading;
    }

    private static List<RecordedEvent> await(FutureTask<List<RecordedEvent>> reading) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return reading.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException failed) {
                    throw failed.getCause() instanceof RuntimeException cause
                            ? cause
                            : new IllegalStateException("reading the log failed", failed);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes events as they are committed; what waits meanwhile makes the next batch. */
    private void follow(BatchWriter writer, long epoch) throws SQLException {
        try (LogFeed feed = new LogFeed(store, "read model " + name, writer.position(), this::gatherMillis)) {
            int idleTurns = 0;
            while (isOpen()) {
                List<RecordedEvent> events = feed.poll(batch, TURN_MILLIS);
                if (events.isEmpty()) {
                    if (++idleTurns % TURNS_BETWEEN_RENEWALS == 0) {
                        lease.renew(epoch);
                    }
                } else {
                    idleTurns = 0;
                    write(writer, events, events.getLast().position());
                }
            }
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    private int gatherMillis() {
        if (position.awaited()) {
            return 0;
        }
        return read.getAsBoolean() ? GATHER_MILLIS : GATHER_UNREAD_MILLIS;
    }

    private void write(BatchWriter writer, List<RecordedEvent> events, long head) throws SQLException {
        try {
            writer.write(events, head);
        } finally {
            position.advanceTo(writer.position());
        }
    }

    private boolean isOpen() {
        return stop.getCount() > 0;
    }

    private void pause(int millis) {
        try {
            boolean stopped = stop.await(millis, TimeUnit.MILLISECONDS);
            LOG.trace("read model {}: waited, stopped: {}", name, stopped);
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }
}
