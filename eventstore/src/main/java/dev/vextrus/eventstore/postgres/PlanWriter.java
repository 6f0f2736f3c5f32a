package dev.vextrus.eventstore.postgres;

import dev.vextrus.eventstore.CommandRecord;
import dev.vextrus.eventstore.RecordedCommand;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.append.AppendPlan;
import dev.vextrus.eventstore.append.ChainedEvent;
import dev.vextrus.eventstore.append.LogHeads;
import dev.vextrus.kernel.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Hands a plan to the function {@code eventlog.append} as arrays, one call for the whole batch. */
final class PlanWriter {
    private static final String SQL = "SELECT eventlog.append(?, ?::timestamptz, ?" + ", ?".repeat(13) + ", ?"
            + ", ?".repeat(11) + ", ?".repeat(3) + ", ?".repeat(3) + ")";

    private final PreparedStatement statement;
    private final PGConnection connection;
    private int parameter;

    private PlanWriter(PreparedStatement statement) throws SQLException {
        this.statement = statement;
        this.connection = statement.getConnection().unwrap(PGConnection.class);
    }

    static PreparedStatement prepare(Connection connection) throws SQLException {
        return connection.prepareStatement(SQL);
    }

    /** @param statement made by {@link #prepare} */
    static void write(PreparedStatement statement, AppendPlan plan, String release, Instant now) throws SQLException {
        new PlanWriter(statement).write(plan, release, now);
    }

    private void write(AppendPlan plan, String release, Instant now) throws SQLException {
        statement.setString(++parameter, release);
        statement.setString(++parameter, now.toString());
        bindEvents(plan.events());
        bindCommands(plan.commands());
        bindChains(plan.events());
        bindSeries(plan.numbers());
        statement.execute();
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
