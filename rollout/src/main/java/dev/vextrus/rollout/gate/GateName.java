package dev.vextrus.rollout.gate;

import java.util.Optional;
import java.util.stream.Stream;

/** The gates by their names in plans, options and reports. */
public enum GateName {
    EVENT_COMPATIBILITY("event-compatibility", true),
    DECISION_PARITY("decision-parity", true),
    READ_MODEL("read-model", true),
    INTEGRITY("integrity", true),
    PROJECTION_PARITY("projection-parity", true),
    ERROR_RATE("error-rate", false),
    LATENCY("latency", false),
    VERDICT("verdict", false),
    APPROVAL("approval", false);

    private final String label;
    private final boolean beforeTraffic;

    GateName(String label, boolean beforeTraffic) {
        this.label = label;
        this.beforeTraffic = beforeTraffic;
    }

    public String label() {
        return label;
    }

    /** Whether it is looked at before the first traffic, and can be forced there. */
    public boolean beforeTraffic() {
        return beforeTraffic;
    }

    public static Optional<GateName> labelled(String label) {
        return Stream.of(values()).filter(g -> g.label.equals(label)).findFirst();
    }
}
