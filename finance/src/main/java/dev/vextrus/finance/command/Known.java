package dev.vextrus.finance.command;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The streams that were loaded for a decision, each folded at one version. Immutable. */
public final class Known {
    private static final Known NOTHING = new Known(Map.of());

    private final Map<StreamKey, At> streams;

    private Known(Map<StreamKey, At> streams) {
        this.streams = streams;
    }

    public static Known nothing() {
        return NOTHING;
    }

    /** This and those. */
    public Known and(Map<StreamKey, At> more) {
        Map<StreamKey, At> all = new HashMap<>(streams);
        all.putAll(more);
        return new Known(all);
    }

    public boolean has(Ref<?> stream) {
        return streams.containsKey(stream.key());
    }

    /** @throws IllegalStateException if the decider did not say that it needs the stream */
    public <S> S state(Ref<S> stream) {
        return find(stream)
                .orElseThrow(() -> new IllegalStateException("decider: did not ask for stream " + stream.key()));
    }

    public <S> Optional<S> find(Ref<S> stream) {
        At at = streams.get(stream.key());
        return at == null
                ? Optional.empty()
                : Optional.of(stream.fold().stateType().cast(at.state()));
    }

    /** The version that it was loaded at; 0 where it was not loaded, for a stream that is about to begin. */
    public long version(StreamKey stream) {
        At at = streams.get(stream);
        return at == null ? 0 : at.version();
    }

    public Map<StreamKey, At> streams() {
        return Map.copyOf(streams);
    }

    /**
     * A stream's state.
     *
     * @param version of its last event, 0 where it has none
     */
    public record At(long version, Object state) {}
}
