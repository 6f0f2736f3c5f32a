package dev.vextrus.finance.handling;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vextrus.eventstore.EventStore;
import dev.vextrus.eventstore.RecordedCommand;
import dev.vextrus.eventstore.RecordedEvent;
import dev.vextrus.eventstore.StreamId;
import dev.vextrus.eventstore.StreamVersion;
import dev.vextrus.finance.codec.EventCodec;
import dev.vextrus.finance.codec.EventVersion;
import dev.vextrus.finance.codec.FinanceJson;
import dev.vextrus.finance.codec.UnreadableEvent;
import dev.vextrus.finance.command.Decision;
import dev.vextrus.finance.command.FinanceCommand;
import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.command.Given;
import dev.vextrus.finance.command.Known.At;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.kernel.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Lets this release decide recorded commands again, on the state versions and at the time they were decided at, and
 * compares with what the log holds; writes nothing. What is given later (positions, document numbers, hashes, event ids)
 * takes no part. Events are compared in the form that this release would write them in, so raising a schema version with an
 * upcaster is no difference.
 *
 * <p>It takes its time: nobody waits for an answer here as users do for theirs.
 */
public final class DecidingAgain {
    /** Commands that are decided again between two rests: some ten milliseconds' work. */
    private static final int PIECE = 10;
    /** Percent of one processor: the release that does this has, or soon will have, requests to answer. */
    private static final int SHARE = 50;

    private final EventStore store;
    private final EventCodec codec;
    private final CommandCodec commands;
    private final Deciders deciders;
    private final Folding folding;
    private final Set<EventVersion> written;
    private final Pace pace = new Pace(SHARE, System::nanoTime);
    private final Cache<Version, At> states =
            Caffeine.newBuilder().maximumSize(5_000).build();

    public DecidingAgain(
            EventStore store, EventCodec codec, CommandCodec commands, Deciders deciders, Folding folding) {
        this.store = store;
        this.codec = codec;
        this.commands = commands;
        this.deciders = deciders;
        this.folding = folding;
        this.written = Set.copyOf(codec.writes());
    }

    /** Whose outcome is asked for. */
    public enum Mode {
        /** What the log holds. */
        RECORDED,
        /** What this release decides. */
        DECIDED
    }

    /** A command's outcome in short. */
    public record Digest(long sequence, TenantId tenant, String command, String release, String digest) {}

    /** A command's outcome at length: its events as type, stream and payload, or the code that it was refused with. */
    public record Detail(long sequence, String command, JsonNode body, List<JsonNode> outcome) {}

    /** The commands after {@code afterSequence}, at most {@code limit}, in order. */
    public List<Digest> digests(long afterSequence, int limit, Mode mode) {
        List<RecordedCommand> commands = store.readCommands(afterSequence, limit);
        PageEvents page = PageEvents.of(store, commands);
        List<Digest> digests = new ArrayList<>(commands.size());
        for (int from = 0; from < commands.size(); from += PIECE) {
            List<RecordedCommand> piece = commands.subList(from, Math.min(from + PIECE, commands.size()));
            digests.addAll(
                    mode == Mode.DECIDED ? pace.piece(() -> digests(piece, mode, page)) : digests(piece, mode, page));
        }
        return List.copyOf(digests);
    }

    private List<Digest> digests(List<RecordedCommand> piece, Mode mode, PageEvents page) {
        return piece.stream()
                .map(recorded -> new Digest(
                        recorded.sequence(),
                        recorded.tenant(),
                        recorded.command().type(),
                        recorded.release(),
                        Told.digest(outcome(recorded, mode, page))))
                .toList();
    }

    /** The sequence of the newest recorded command; 0 where there is none. */
    public long lastCommand() {
        return store.lastCommand();
    }

    /** One command, or empty where there is none of that sequence. */
    public Optional<Detail> detail(long sequence, Mode mode) {
        return store.readCommands(sequence - 1, 1).stream()
                .filter(recorded -> recorded.sequence() == sequence)
                .findFirst()
                .map(recorded -> new Detail(
                        sequence,
                        recorded.command().type(),
                        FinanceJson.mapper().readTree(recorded.command().body().toBytes()),
                        outcome(recorded, mode, PageEvents.NONE).stream()
                                .map(Told::shown)
                                .toList()));
    }

    private List<Told> outcome(RecordedCommand recorded, Mode mode, PageEvents page) {
        return switch (mode) {
            case RECORDED -> recorded(recorded, page);
            case DECIDED -> decided(recorded, page);
        };
    }

    private List<Told> recorded(RecordedCommand recorded, PageEvents page) {
        var refusal = recorded.command().refusal();
        if (refusal != null) {
            return List.of(Told.refused(FinanceJson.mapper()
                    .readValue(refusal.toBytes(), Refusal.class)
                    .code()));
        }
        return page.of(recorded).orElseGet(() -> asked(recorded)).stream()
                .map(this::asWrittenHere)
                .toList();
    }

    private List<RecordedEvent> asked(RecordedCommand recorded) {
        int events = Math.toIntExact(recorded.lastPosition() - recorded.firstPosition() + 1);
        return store.readLog(recorded.tenant(), recorded.firstPosition() - 1, events).stream()
                .filter(event -> event.position() <= recorded.lastPosition())
                .toList();
    }

    /** There is one stored form of each version, so what has the version that this release writes is in its form. */
    private Told asWrittenHere(RecordedEvent event) {
        if (written.contains(new EventVersion(event.type(), event.schemaVersion()))) {
            return new Told.Fact(event.stream(), event.type(), event.payload());
        }
        try {
            return fact(event.stream(), codec.decode(event.type(), event.schemaVersion(), event.payload()));
        } catch (UnreadableEvent unreadable) {
            return Told.unreadable(
                    unreadable.version().toString(), event.stream().value());
        }
    }

    private Told fact(StreamId stream, FinanceEvent event) {
        EventCodec.Encoded encoded = codec.encode(event);
        return new Told.Fact(stream, encoded.version().type(), encoded.payload());
    }

    private List<Told> decided(RecordedCommand recorded, PageEvents page) {
        RecordedBody body = RecordedBody.read(recorded.command().body());
        Optional<FinanceCommand> command = commands.decode(recorded.command().type(), body.command());
        if (command.isEmpty()) {
            return List.of(Told.unknownCommand(recorded.command().type()));
        }
        Given given =
                new Given(recorded.command().decidedAt(), recorded.command().principal(), body.seed());
        Map<StreamId, Long> versions = new HashMap<>();
        for (StreamVersion read : recorded.command().reads()) {
            versions.put(read.stream(), read.version());
        }
        try {
            Decision decision = deciders.decide(
                            command.get(), given, List.of(), stream -> load(recorded, page, versions, stream))
                    .decision();
            return switch (decision) {
                case Decision.Refused(Refusal refusal) -> List.of(Told.refused(refusal.code()));
                case Decision.Accepted accepted -> facts(accepted);
            };
        } catch (Quarantine.Found quarantined) {
            return List.of(Told.unreadable(quarantined.stream().event().toString(), quarantined.stream().stream()));
        }
    }

    private List<Told> facts(Decision.Accepted accepted) {
        List<Told> facts = new ArrayList<>();
        for (Decision.Change change : accepted.changes()) {
            for (Decision.Fact fact : change.facts()) {
                facts.add(fact(Folding.id(change.stream().key()), fact.event()));
            }
        }
        return facts;
    }

    private At load(RecordedCommand recorded, PageEvents page, Map<StreamId, Long> versions, Ref<?> stream) {
        Long version = versions.get(Folding.id(stream.key()));
        if (version == null) {
            // This release reads more than the one that decided: it sees the stream as it was just before.
            long before = recorded.firstPosition() > 0 ? recorded.firstPosition() - 1 : recorded.lastPosition();
            return folding.loadAtPosition(recorded.tenant(), stream, before);
        }
        return states.get(new Version(recorded.tenant(), stream, version), key -> load(key, page));
    }

    /** Most streams that a command reads were begun or last changed by a command of the same page. */
    private At load(Version wanted, PageEvents page) {
        StreamId stream = Folding.id(wanted.stream().key());
        At known = states.getIfPresent(wanted.before());
        At before = known == null ? new At(0, wanted.stream().fold().initial()) : known;
        return page.of(wanted.tenant(), stream, before.version(), wanted.version())
                .map(events -> folding.fold(wanted.stream(), before, events))
                .orElseGet(() -> folding.load(wanted.tenant(), wanted.stream(), wanted.version()));
    }

    private record Version(TenantId tenant, Ref<?> stream, long version) {
        Version before() {
            return new Version(tenant, stream, version - 1);
        }
    }
}
