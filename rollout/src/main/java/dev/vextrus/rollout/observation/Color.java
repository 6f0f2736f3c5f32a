package dev.vextrus.rollout.observation;

/** The two places a release can stand in. Which of them is stable changes with every promotion. */
public enum Color {
    BLUE,
    GREEN;

    public Color other() {
        return this == BLUE ? GREEN : BLUE;
    }

    /** {@code blue} or {@code green}, as routers and metrics write it. */
    public String label() {
        return this == BLUE ? "blue" : "green";
    }

    /** @throws IllegalArgumentException for any other label */
    public static Color ofLabel(String label) {
        return switch (label) {
            case "blue" -> BLUE;
            case "green" -> GREEN;
            default -> throw new IllegalArgumentException("color: '" + label + "' is neither blue nor green");
        };
    }
}
