package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.gate.Difference;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Why and when it was decided that the rollout does not go on.
 *
 * @param message a sentence for people, with the figures
 * @param numbers the figures behind it, by name
 * @param beforeTraffic whether the canary had no request yet
 * @param differences what differs between the releases, side by side; empty where that was not the reason
 * @param evidence names of the files that were saved
 */
public record Ending(
        ReasonCode reason,
        String message,
        Map<String, Double> numbers,
        Instant decidedAt,
        boolean beforeTraffic,
        List<Difference> differences,
        List<String> evidence) {

    public Ending {
        numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
        differences = List.copyOf(differences);
        evidence = List.copyOf(evidence);
    }

    Ending with(List<Difference> found) {
        return new Ending(reason, message, numbers, decidedAt, beforeTraffic, found, evidence);
    }

    Ending withEvidence(List<String> files) {
        return new Ending(reason, message, numbers, decidedAt, beforeTraffic, differences, files);
    }
}
