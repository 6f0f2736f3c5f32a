package dev.vextrus.eventstore.append;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.ChainHash;
import dev.vextrus.eventstore.CommandRecord;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedCommand;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamVersion;
import dev.vextrus.eventstore.StreamWrite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a batch writes, and the outcome of each of its requests, in their order. Planning moves the {@link LogHeads} on,
 * so a request sees those before it in the batch; nothing here reads a clock or a database.
 */
public final class AppendPlan {
    private final LogHeads heads;
    private final String release;
    private final Instant now;
    private final List<AppendResult> outcomes = new ArrayList<>();
    private final List<ChainedEvent> events = new ArrayList<>();
    private final List<RecordedCommand> commands = new ArrayList<>();
    private final Map<LogHeads.Series, Long> numbers = new LinkedHashMap<>();

    private AppendPlan(LogHeads heads, String release, Instant now) {
        this.heads = heads;
        this.release = release;
        this.now = now;
    }

    /** @param now the writer's clock, in whole microseconds: what the log stores */
    public static AppendPlan of(List<AppendRequest> requests, LogHeads heads, String release, Instant now) {
        var plan = new AppendPlan(heads, release, now);
        for (AppendRequest request : requests) {
            plan.outcomes.add(plan.decide(request));
        }
        return plan;
    }

    /** One for each request. */
    public List<AppendResult> outcomes() {
        return outcomes;
    }

    /** To be stored, in the order of their positions. */
    public List<ChainedEvent> events() {
        return events;
    }

    /** To be stored, in the order of their sequence. */
    public List<RecordedCommand> commands() {
        return commands;
    }

    /** Series that were drawn from, with the last number drawn. */
    public Map<LogHeads.Series, Long> numbers() {
        return numbers;
    }

    /** Why the request would write nothing as the log stands; null where it would be carried out. */
    public static @Nullable AppendResult objection(AppendRequest request, LogHeads heads) {
        AppendResult repeated = lookUp(request, heads);
        return repeated != null ? repeated : check(request, heads);
    }

    private AppendResult decide(AppendRequest request) {
        AppendResult objection = objection(request, heads);
        return objection != null ? objection : carryOut(request);
    }

    private static @Nullable AppendResult lookUp(AppendRequest request, LogHeads heads) {
        CommandRecord command = request.command();
        if (command == null) {
            return null;
        }
        RecordedCommand first = heads.command(key(request, command));
        if (first == null) {
            return null;
        }
        return first.command().bodyHash().equals(command.bodyHash())
                ? new AppendResult.Repeated(first)
                : new AppendResult.KeyReused(first);
    }

    private static @Nullable AppendResult check(AppendRequest request, LogHeads heads) {
        for (StreamWrite write : request.writes()) {
            long actual = heads.version(new LogHeads.Stream(request.tenant(), write.stream()));
            if (actual != write.expectedVersion()) {
                return new AppendResult.VersionConflict(write.stream(), write.expectedVersion(), actual);
            }
        }
        for (StreamVersion guard : request.guards()) {
            long actual = heads.version(new LogHeads.Stream(request.tenant(), guard.stream()));
            if (actual != guard.version()) {
                return new AppendResult.GuardConflict(guard.stream(), guard.version(), actual);
            }
        }
        return null;
    }

    private AppendResult carryOut(AppendRequest request) {
        long before = heads.position();
        List<Long> drawn = new ArrayList<>();
        for (StreamWrite write : request.writes()) {
            var stream = new LogHeads.Stream(request.tenant(), write.stream());
            long version = write.expectedVersion();
            for (NewEvent event : write.events()) {
                OptionalLong number = draw(request, event);
                number.ifPresent(drawn::add);
                chain(request, stream, ++version, event, number);
            }
            heads.version(stream, version);
        }
        long first = request.writes().isEmpty() ? 0 : before + 1;
        CommandRecord command = request.command();
        if (command != null) {
            var recorded = new RecordedCommand(
                    heads.nextCommandSequence(), request.tenant(), command, first, heads.position(), release);
            heads.command(key(request, command), recorded);
            commands.add(recorded);
        }
        return new AppendResult.Appended(first, heads.position(), drawn);
    }

    private OptionalLong draw(AppendRequest request, NewEvent event) {
        if (event.series() == null) {
            return OptionalLong.empty();
        }
        var series = new LogHeads.Series(request.tenant(), event.series());
        long number = heads.number(series) + 1;
        heads.number(series, number);
        numbers.put(series, number);
        return OptionalLong.of(number);
    }

    private void chain(
            AppendRequest request, LogHeads.Stream stream, long version, NewEvent event, OptionalLong number) {
        var recorded = new RecordedEvent(
                heads.nextPosition(),
                request.tenant(),
                stream.stream(),
                version,
                event.id(),
                event.type(),
                event.schemaVersion(),
                event.payload(),
                event.series(),
                number,
                request.metadata(),
                release,
                now);
        Payload hash = ChainHash.of(heads.link(request.tenant()), recorded);
        heads.link(request.tenant(), hash);
        events.add(new ChainedEvent(recorded, hash));
    }

    private static LogHeads.Key key(AppendRequest request, CommandRecord command) {
        return new LogHeads.Key(request.tenant(), command.principal(), command.key());
    }
}
