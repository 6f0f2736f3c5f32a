package dev.vextrus.finance.handling;

import dev.vextrus.eventstore.AppendRequest;
import dev.vextrus.eventstore.AppendResult;
import dev.vextrus.eventstore.CommandRecord;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.Metadata;
import dev.vextrus.eventstore.NewEvent;
import dev.vextrus.eventstore.Payload;
import dev.vextrus.eventstore.RecordedCommand;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamVersion;
import dev.vextrus.eventstore.StreamWrite;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.codec.FinanceJson;
import dev.vextrus.finance.command.CommandBus;
import dev.vextrus.finance.command.CommandContext;
import dev.vextrus.finance.command.Decision;
import dev.vextrus.finance.command.FinanceCommand;
import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.command.Given;
import dev.vextrus.finance.command.IdSource;
import dev.vextrus.finance.command.Known;
import dev.vextrus.finance.command.Outcome;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The command bus on the event store.
 *
 * <p>The happy path asks the database one thing, the append: states come from memory, and the append itself checks the
 * idempotency key, the versions and the guards. Whatever it turns down is looked at afresh. A refusal is recorded like an
 * acceptance, so that the same key keeps getting the same answer.
 */
public final class CommandHandling implements CommandBus {
    private static final int MAX_ATTEMPTS = 12;
    /** Ids of a command's events; {@link Given#id} below it is the deciders' own. */
    private static final int FIRST_EVENT_ID = 1 << 20;

    private final EventStore store;
    private final EventCodec codec;
    private final CommandCodec commands;
    private final Deciders deciders;
    private final CurrentStates states;
    private final InstantSource clock;
    private final IdSource ids;

    public CommandHandling(
            EventStore store,
            EventCodec codec,
            CommandCodec commands,
            Deciders deciders,
            Folding folding,
            InstantSource clock,
            IdSource ids) {
        this.store = store;
        this.codec = codec;
        this.commands = commands;
        this.deciders = deciders;
        this.states = new CurrentStates(folding);
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public Outcome execute(CommandContext context, FinanceCommand command) {
        if (Collections.disjoint(context.roles(), command.allowedRoles())) {
            return refused(new Refusal(
                    Rule.FORBIDDEN,
                    "this takes one of the roles " + command.allowedRoles(),
                    null,
                    "have somebody with such a role do it"));
        }
        // The database keeps microseconds; deciding again must see the same instant.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Attempt attempt = new Attempt(
                context,
                command,
                commands.encode(command),
                new Given(now, context.actor().id(), ids.next()));
        try {
            return attempt.run();
        } catch (Quarantine.Found quarantined) {
            QuarantinedStream stream = quarantined.stream();
            return refused(new Refusal(
                    Rule.STREAM_QUARANTINED,
                    "stream " + stream.stream() + " holds " + stream.event() + ", which this release cannot read",
                    null,
                    "wait for a release that reads it; everything else can be worked on"));
        }
    }

    private static Outcome refused(Refusal refusal) {
        return new Outcome.Refused(refusal, false);
    }

    /** One command on its way. */
    private final class Attempt {
        private final CommandContext context;
        private final FinanceCommand command;
        private final CommandCodec.Encoded encoded;
        private final Given given;
        private final List<Ref<?>> also = new ArrayList<>();
        private boolean fresh;
        private String contended = "";

        Attempt(CommandContext context, FinanceCommand command, CommandCodec.Encoded encoded, Given given) {
            this.context = context;
            this.command = command;
            this.encoded = encoded;
            this.given = given;
        }

        Outcome run() {
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                Outcome outcome = once();
                if (outcome != null) {
                    return outcome;
                }
                fresh = true;
            }
            return new Outcome.Conflict(contended);
        }

        /** Null where others were faster. */
        private @Nullable Outcome once() {
            Deciders.Decided decided = decide();
            if (decided.decision() instanceof Decision.Refused && !fresh) {
                // What was in memory may be behind: nobody is refused on old news.
                fresh = true;
                decided = decide();
            }
            AppendRequest request = request(decided);
            return switch (append(request)) {
                case AppendResult.Appended appended -> done(decided, appended);
                case AppendResult.Repeated(RecordedCommand first) -> repeated(first);
                case AppendResult.KeyReused _ -> new Outcome.KeyReused(context.idempotencyKey());
                case AppendResult.VersionConflict conflict -> contended(conflict.stream(), decided.decision());
                case AppendResult.GuardConflict conflict -> contended(conflict.stream(), decided.decision());
                case AppendResult.Rejected(String message) ->
                    refused(new Refusal(
                            Rule.DATA_REJECTED,
                            "the database does not take the data (" + message + ")",
                            null,
                            "take out unusual characters"));
            };
        }

        private Deciders.Decided decide() {
            return deciders.decide(
                    command,
                    given,
                    also,
                    stream ->
                            fresh ? states.refresh(context.tenant(), stream) : states.lookUp(context.tenant(), stream));
        }

        private AppendResult append(AppendRequest request) {
            try {
                return store.append(request).join();
            } catch (CompletionException failed) {
                if (failed.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw failed;
            }
        }

        private AppendRequest request(Deciders.Decided decided) {
            Metadata metadata = new Metadata(context.actor(), context.correlationId(), context.causationId());
            return switch (decided.decision()) {
                case Decision.Refused(Refusal refusal) ->
                    new AppendRequest(
                            context.tenant(),
                            List.of(),
                            List.of(),
                            metadata,
                            record(
                                    decided.known(),
                                    Map.of(),
                                    Payload.of(FinanceJson.mapper().writeValueAsBytes(refusal))));
                case Decision.Accepted accepted ->
                    new AppendRequest(
                            context.tenant(),
                            writes(accepted, decided.known()),
                            accepted.guards().stream()
                                    .map(guard -> version(decided.known(), guard))
                                    .toList(),
                            metadata,
                            record(decided.known(), accepted.ids(), null));
            };
        }

        private List<StreamWrite> writes(Decision.Accepted accepted, Known known) {
            List<StreamWrite> writes = new ArrayList<>(accepted.changes().size());
            int ordinal = FIRST_EVENT_ID;
            for (Decision.Change change : accepted.changes()) {
                List<NewEvent> events = new ArrayList<>(change.facts().size());
                for (Decision.Fact fact : change.facts()) {
                    EventCodec.Encoded event = codec.encode(fact.event());
                    events.add(new NewEvent(
                            given.id(ordinal++),
                            event.version().type(),
                            event.version().version(),
                            event.payload(),
                            fact.series()));
                }
                writes.add(new StreamWrite(
                        Folding.id(change.stream().key()),
                        known.version(change.stream().key()),
                        events));
            }
            return writes;
        }

        private CommandRecord record(Known known, Map<String, String> outcomeIds, @Nullable Payload refusal) {
            UUID seed = given.seed();
            List<StreamVersion> reads = known.streams().entrySet().stream()
                    .map(read -> new StreamVersion(
                            Folding.id(read.getKey()), read.getValue().version()))
                    .toList();
            return new CommandRecord(
                    context.actor().id(),
                    context.idempotencyKey(),
                    encoded.hash(),
                    encoded.type(),
                    RecordedBody.write(encoded, outcomeIds, seed),
                    given.now(),
                    reads,
                    refusal);
        }

        private Outcome done(Deciders.Decided decided, AppendResult.Appended appended) {
            return switch (decided.decision()) {
                case Decision.Refused(Refusal refusal) -> refused(refusal);
                case Decision.Accepted accepted -> {
                    accepted.changes().forEach(change -> remember(change, decided.known()));
                    yield new Outcome.Accepted(appended.lastPosition(), accepted.ids(), appended.numbers(), false);
                }
            };
        }

        // Streams that were only begun are left alone: most journal entries are never looked at again by a command.
        private void remember(Decision.Change change, Known known) {
            Known.At before = known.streams().get(change.stream().key());
            if (before != null) {
                List<FinanceEvent> events =
                        change.facts().stream().map(Decision.Fact::event).toList();
                states.advanced(
                        context.tenant(), change.stream(), before, Folding.evolve(change.stream(), before, events));
            }
        }

        private Outcome repeated(RecordedCommand first) {
            Payload refusal = first.command().refusal();
            if (refusal != null) {
                return new Outcome.Refused(FinanceJson.mapper().readValue(refusal.toBytes(), Refusal.class), true);
            }
            int events = Math.toIntExact(first.lastPosition() - first.firstPosition() + 1);
            List<Long> numbers = store.readLog(first.tenant(), first.firstPosition() - 1, events).stream()
                    .filter(event -> event.position() <= first.lastPosition())
                    .map(RecordedEvent::number)
                    .flatMap(number -> number.stream().boxed())
                    .toList();
            return new Outcome.Accepted(
                    first.lastPosition(),
                    RecordedBody.read(first.command().body()).ids(),
                    numbers,
                    true);
        }

        private @Nullable Outcome contended(StreamId stream, Decision decision) {
            contended = stream.value();
            if (decision instanceof Decision.Accepted accepted) {
                accepted.changes().stream()
                        .map(Decision.Change::stream)
                        .filter(changed -> Folding.id(changed.key()).equals(stream))
                        .forEach(also::add);
            }
            return null;
        }

        private static StreamVersion version(Known known, Ref<?> stream) {
            return new StreamVersion(Folding.id(stream.key()), known.version(stream.key()));
        }
    }
}
