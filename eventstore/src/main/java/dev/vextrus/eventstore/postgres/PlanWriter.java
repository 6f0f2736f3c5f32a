package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.CommandRecord;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedCommand;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.append.AppendPlan;
import dev.vextrus.eventstore.append.ChainedEvent;
import dev.vextrus.eventstore.append.LogHeads;
import dev.vextrus.kernel.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Hands a plan to {@code eventlog.append} or {@code append_after} as arrays, one call for the whole batch. */
final class PlanWriter {
    private static final String PLAN = "?, ?::timestamptz, ?" + ", ?".repeat(13) + ", ?" + ", ?".repeat(11)
            + ", ?".repeat(3) + ", ?".repeat(3) + ")";

    private final PreparedStatement statement;
    private final PGConnection connection;
    private int parameter;

    private PlanWriter(PreparedStatement statement) throws SQLException {
        this.statement = statement;
        this.connection = statement.getConnection().unwrap(PGConnection.class);
    }

    /** What {@code append_after} answered. */
    enum After {
        WRITTEN,
        /** Nothing written: the log has not yet come to where the plan continues it. */
        EARLY,
        /** Nothing written: the log ends otherwise than the plan goes by. */
        OVERTAKEN
    }

    static PreparedStatement prepare(Connection connection) throws SQLException {
        return connection.prepareStatement("SELECT eventlog.append(" + PLAN);
    }

    static PreparedStatement prepareAfter(Connection connection) throws SQLException {
        return connection.prepareStatement("SELECT eventlog.append_after(?, ?, ?, " + PLAN);
    }

    /** @param statement made by {@link #prepare} */
    static void write(PreparedStatement statement, AppendPlan plan, String release, Instant now) throws SQLException {
        new PlanWriter(statement).bind(plan, release, now);
        statement.execute();
    }

    /** @param statement made by {@link #prepareAfter} */
    static After writeAfter(PreparedStatement statement, Foresight.Foreseen foreseen, String release, Instant now)
            throws SQLException {
        var writer = new PlanWriter(statement);
        Payload hash = foreseen.after().hash();
        statement.setLong(++writer.parameter, foreseen.after().position());
        statement.setBytes(++writer.parameter, hash == null ? null : hash.toBytes());
        statement.setLong(++writer.parameter, foreseen.after().sequence());
        writer.bind(foreseen.plan(), release, now);
        try (ResultSet answer = statement.executeQuery()) {
            answer.next();
            return After.valueOf(answer.getString(1).toUpperCase(Locale.ROOT));
        }
    }

    /** Whether the log holds a plan that was sent, by its first event or command. */
    static boolean isWritten(Connection connection, AppendPlan plan) throws SQLException {
        return plan.events().isEmpty()
                ? isThere(connection, plan.commands().getFirst())
                : isThere(connection, plan.events().getFirst());
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

    private static boolean isThere(Connection connection, RecordedCommand first) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT " + CommandRows.COLUMNS + " FROM eventlog.commands WHERE sequence = ?")) {
            query.setLong(1, first.sequence());
            try (ResultSet row = query.executeQuery()) {
                return row.next() && CommandRows.command(row).equals(first);
            }
        }
    }

    private void bind(AppendPlan plan, String release, Instant now) throws SQLException {
        statement.setString(++parameter, release);
        statement.setString(++parameter, now.toString());
        bindEvents(plan.events());
        bindCommands(plan.commands());
        bindChains(plan.events());
        bindSeries(plan.numbers());
    }

    private void bindEvents(List<ChainedEvent> events) throws SQLException {
        statement.setLong(
                ++parameter, events.isEmpty() ? 0 : events.getFirst().event().position());
        bind("text", events, String[]::new, chained -> chained.event().tenant().value());
        bind("text", events, String[]::new, chained -> chained.event().stream().value());
        bind("int8", events, Long[]::new, chained -> chained.event().version());
        bind("uuid", events, Object[]::new, chained -> chained.event().id());
        bind("text", events, String[]::new, chained -> chained.event().type());
        bind("int4", events, Integer[]::new, chained -> chained.event().schemaVersion());
        bind(
                "bytea",
                events,
                byte[][]::new,
                chained -> chained.event().payload().toBytes());
        bind("text", events, String[]::new, chained -> chained.event().series());
        bind("int8", events, Long[]::new, PlanWriter::number);
        bind(
                "text",
                events,
                String[]::new,
                chained -> chained.event().metadata().actor().id());
        bind(
                "uuid",
                events,
                Object[]::new,
                chained -> chained.event().metadata().correlationId());
        bind(
                "uuid",
                events,
                Object[]::new,
                chained -> chained.event().metadata().causationId());
        bind("bytea", events, byte[][]::new, chained -> chained.hash().toBytes());
    }

    private static @Nullable Long number(ChainedEvent chained) {
        RecordedEvent event = chained.event();
        return event.number().isPresent() ? event.number().getAsLong() : null;
    }

    private void bindCommands(List<RecordedCommand> commands) throws SQLException {
        statement.setLong(
                ++parameter, commands.isEmpty() ? 0 : commands.getFirst().sequence());
        List<CommandRecord> records =
                commands.stream().map(RecordedCommand::command).toList();
        bind("text", commands, String[]::new, recorded -> recorded.tenant().value());
        bind("text", records, String[]::new, CommandRecord::principal);
        bind("text", records, String[]::new, CommandRecord::key);
        bind("text", records, String[]::new, CommandRecord::bodyHash);
        bind("text", records, String[]::new, CommandRecord::type);
        bind("bytea", records, byte[][]::new, command -> command.body().toBytes());
        bind("int8", records, Long[]::new, command -> ChronoUnit.MICROS.between(Instant.EPOCH, command.decidedAt()));
        bind("text", records, String[]::new, command -> CommandRows.lines(command.reads()));
        bind("bytea", records, byte[][]::new, PlanWriter::refusal);
        bind("int8", commands, Long[]::new, RecordedCommand::firstPosition);
        bind("int8", commands, Long[]::new, RecordedCommand::lastPosition);
    }

    private static byte @Nullable [] refusal(CommandRecord command) {
        return command.refusal() == null ? null : command.refusal().toBytes();
    }

    private void bindChains(List<ChainedEvent> events) throws SQLException {
        Map<TenantId, ChainedEvent> last = new LinkedHashMap<>();
        events.forEach(chained -> last.put(chained.event().tenant(), chained));
        bind("text", last.keySet().stream().toList(), String[]::new, TenantId::value);
        bind(
                "int8",
                last.values().stream().toList(),
                Long[]::new,
                chained -> chained.event().position());
        bind(
                "bytea",
                last.values().stream().toList(),
                byte[][]::new,
                chained -> chained.hash().toBytes());
    }

    private void bindSeries(Map<LogHeads.Series, Long> numbers) throws SQLException {
        List<LogHeads.Series> series = List.copyOf(numbers.keySet());
        bind("text", series, String[]::new, counter -> counter.tenant().value());
        bind("text", series, String[]::new, LogHeads.Series::name);
        bind("int8", series, Long[]::new, numbers::get);
    }

    private <T, V> void bind(
            String type, List<T> rows, Function<Integer, @Nullable V[]> array, Function<T, @Nullable V> value)
            throws SQLException {
        @Nullable V[] values = array.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        // Given as an object, the driver sends text, bytea and numbers in binary.
        statement.setArray(++parameter, connection.createArrayOf(type, (Object) values));
    }
}
