package dev.vextrus.rollout.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ready-made phases of SPEC R1. */
public enum Preset {
    /** Four weeks, a phase each week with a bake of 48 h within it; 10 replicas. */
    TEN_THIRTY_SIXTY_HUNDRED("10-30-60-100", 10, 7),
    /** Five pods. Its second step is called 50, but 3 of 5 is 60 %, so 60 % is what is routed and shown. */
    TWENTY_FIFTY_EIGHTY_HUNDRED("20-50-80-100", 5, 0);

    private final String presetName;
    private final int stableReplicas;
    private final int startEveryDays;

    Preset(String presetName, int stableReplicas, int startEveryDays) {
        this.presetName = presetName;
        this.stableReplicas = stableReplicas;
        this.startEveryDays = startEveryDays;
    }

    public String presetName() {
        return presetName;
    }

    public int stableReplicas() {
        return stableReplicas;
    }

    /** Least time between the starts of two phases; zero for none. */
    public Duration startEvery() {
        return Duration.ofDays(startEveryDays);
    }

    public List<Phase> phases() {
        return switch (this) {
            case TEN_THIRTY_SIXTY_HUNDRED ->
                List.of(
                        phase(1, 10, 1, 9, PhaseGates.FIRST_WEEK),
                        phase(2, 30, 3, 7, PhaseGates.LATER_WEEKS),
                        phase(3, 60, 6, 4, PhaseGates.LATER_WEEKS),
                        phase(4, 100, 10, 0, PhaseGates.LATER_WEEKS));
            case TWENTY_FIFTY_EIGHTY_HUNDRED ->
                List.of(
                        phase(1, 20, 1, 4, PhaseGates.FIRST_WEEK),
                        phase(2, 60, 3, 2, PhaseGates.LATER_WEEKS),
                        phase(3, 80, 4, 1, PhaseGates.LATER_WEEKS),
                        phase(4, 100, 5, 0, PhaseGates.LATER_WEEKS));
        };
    }

    public static Optional<Preset> named(String name) {
        return Stream.of(values()).filter(p -> p.presetName.equals(name)).findFirst();
    }

    private static Phase phase(int number, int percent, int replicas, int stableReplicas, PhaseGates gates) {
        return new Phase(number, percent, replicas, stableReplicas, Duration.ofDays(2), gates);
    }
}
