package dev.vextrus.rollout.observation;

import java.util.List;

/**
 * What a release says of the parts that it leans on.
 *
 * @param down names of those that are down, such as {@code database}; empty where all are well
 */
public record HealthReport(List<String> down) {

    public HealthReport {
        down = List.copyOf(down);
    }
}
