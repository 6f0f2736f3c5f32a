package dev.vextrus.finance.projection;

/** Whether a read model may serve. */
public enum ReadModelState {
    /** Still on its way through the log's past. */
    BUILDING,
    /** Has reached the log's head once; from then on it follows. */
    LIVE;

    static ReadModelState of(String stored) {
        return "live".equals(stored) ? LIVE : BUILDING;
    }
}
