package dev.vextrus.rollout.gate;

import java.util.List;

/**
 * One difference between the two releases, to be read side by side.
 *
 * @param what which command, or whose facts
 * @param stable lines as recorded, or as stable has them
 * @param canary the lines that the new release has instead
 */
public record Difference(String what, List<String> stable, List<String> canary) {
    public Difference {
        stable = List.copyOf(stable);
        canary = List.copyOf(canary);
    }
}
