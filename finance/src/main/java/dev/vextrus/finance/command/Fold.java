package dev.vextrus.finance.command;

/**
 * How the streams of one category become the state that decisions are made on. Pure: the same events give the same state
 * for ever.
 *
 * @param <S> the state, a record that JSON can carry
 */
public interface Fold<S> {

    /** The first part of its streams' keys. */
    String category();

    /** Names this fold in snapshots; changed whenever the state or what it is made of changes. */
    String version();

    Class<S> stateType();

    /** The state of a stream without events. */
    S initial();

    /** @throws IllegalStateException if the event cannot follow: the log is damaged, or a decider let it through */
    S evolve(S state, FinanceEvent event);

    default Ref<S> of(String id) {
        return new Ref<>(new StreamKey(category(), id), this);
    }
}
