package dev.vextrus.finance.projection;

import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StoreUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches of events under one epoch: all projections, the digests and the checkpoint in one transaction each. A
 * batch that fails over its content is halved until the event is found, which then goes to quarantine alone.
 */
final class BatchWriter {
    private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

    private final DataSource projector;
    private final ReadModelName name;
    private final EventDecoder decoder;
    private final List<Projection> projections;
    private final ProjectorLease lease;
    private final Quarantine quarantine;
    private final long epoch;
    private long position;
    private ReadModelState state;

    BatchWriter(
            DataSource projector,
            ReadModelName name,
            EventDecoder decoder,
            List<Projection> projections,
            ProjectorLease lease,
            ProjectorLease.Term term) {
        this.projector = projector;
        this.name = name;
        this.decoder = decoder;
        this.projections = projections;
        this.lease = lease;
        this.quarantine = new Quarantine(name);
        this.epoch = term.epoch();
        this.position = term.position();
        this.state = term.state();
    }

    long position() {
        return position;
    }

    ReadModelState state() {
        return state;
    }

    void start() throws SQLException {
        try (Connection connection = projector.getConnection()) {
            quarantine.load(connection);
        }
    }

    /** The log's end was reached. */
    void becomeLive() throws SQLException {
        if (state != ReadModelState.LIVE) {
            state = ReadModelState.LIVE;
            inTransaction(connection -> {});
        }
    }

    /** @param head the log's end as last seen; it decides how densely cuts are set */
    void write(List<RecordedEvent> events, long head) throws SQLException {
        try {
            writeAll(events, head, Optional.empty());
        } catch (SQLException | RuntimeException e) {
            if (!isAboutContent(e)) {
                throw e;
            }
            if (events.size() == 1) {
                RecordedEvent event = events.getFirst();
                LOG.error("read model {}: event at position {} goes to quarantine", name, event.position(), e);
                writeAll(events, head, Optional.of(String.valueOf(e.getMessage())));
                return;
            }
            int middle = events.size() / 2;
            write(events.subList(0, middle), head);
            write(events.subList(middle, events.size()), head);
        }
    }

    /** @param unreadable if given, why the only event of the batch cannot be applied */
    private void writeAll(List<RecordedEvent> events, long head, Optional<String> unreadable) throws SQLException {
        long last = events.getLast().position();
        inTransaction(last, connection -> {
            ReadModelWriter writer = new ReadModelWriter(connection, name);
            List<ProjectedEvent> slice = new ArrayList<>();
            long cut = ParityRecorder.nextCut(position, head);
            for (RecordedEvent event : events) {
                if (event.position() > cut) {
                    apply(slice, writer, event.position() - 1);
                    ParityRecorder.cut(writer, cut);
                    cut = ParityRecorder.nextCut(event.position() - 1, head);
                }
                Optional<String> why = unreadable.or(() -> quarantine.reasonToSkip(event));
                if (why.isPresent()) {
                    quarantine.add(writer, event, why.get());
                } else {
                    decode(event, writer).ifPresent(slice::add);
                }
                if (event.position() == cut) {
                    apply(slice, writer, cut);
                    ParityRecorder.cut(writer, cut);
                    cut = ParityRecorder.nextCut(cut, head);
                }
            }
            apply(slice, writer, last);
        });
    }

    private Optional<ProjectedEvent> decode(RecordedEvent event, ReadModelWriter writer) throws SQLException {
        try {
            return Optional.of(new ProjectedEvent(event, decoder.decode(event)));
        } catch (RuntimeException e) {
            LOG.error("read model {}: cannot read the event at position {}", name, event.position(), e);
            quarantine.add(writer, event, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void apply(List<ProjectedEvent> slice, ReadModelWriter writer, long reached) throws SQLException {
        if (!slice.isEmpty()) {
            for (Projection projection : projections) {
                projection.apply(List.copyOf(slice), writer);
            }
            ParityRecorder.store(writer, reached);
            slice.clear();
        }
    }

    @FunctionalInterface
    private interface Work {
        void run(Connection connection) throws SQLException;
    }

    private void inTransaction(Work work) throws SQLException {
        inTransaction(position, work);
    }

    private void inTransaction(long reached, Work work) throws SQLException {
        try (Connection connection = projector.getConnection()) {
            try {
                lease.enter(connection, epoch);
                work.run(connection);
                lease.checkpoint(connection, epoch, reached, state);
                connection.commit();
                position = reached;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
            connection.setAutoCommit(true);
        }
    }

    private void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
            quarantine.load(connection);
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Whether another try would fail as well: the database refused the data, or a projection the event. */
    private static boolean isAboutContent(Exception e) {
        if (e instanceof SQLException sql) {
            String sqlState = sql.getSQLState();
            return sqlState != null && (sqlState.startsWith("22") || sqlState.startsWith("23"));
        }
        return !(e instanceof ProjectorLease.Lost) && !(e instanceof StoreUnavailable);
    }
}
