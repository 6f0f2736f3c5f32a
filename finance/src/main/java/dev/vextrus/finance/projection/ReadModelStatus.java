package dev.vextrus.finance.projection;

/**
 * How far a read model is.
 *
 * @param position of the last event it holds
 * @param head of the log at the time of asking
 * @param epoch how often the right to write it has changed hands
 */
public record ReadModelStatus(ReadModelName name, ReadModelState state, long position, long head, long epoch) {

    /** Per cent of the log's positions, 0 to 100, rounded down. */
    public int progressPercent() {
        return head == 0 ? 100 : (int) Math.min(100, position * 100 / head);
    }
}
