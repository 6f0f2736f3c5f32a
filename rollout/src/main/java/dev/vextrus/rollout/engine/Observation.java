package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.observation.TrackTotals;
import dev.vextrus.rollout.observation.TrafficBatch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that one step learns.
 *
 * @param target null when the target did not answer
 * @param traffic null when the metrics did not answer
 * @param findings answers to looks that earlier decisions asked for, in any order, possibly late
 * @param commands new wishes of people
 * @param failures actions of the last decision that were not carried out, for people
 * @param evidenceFiles where evidence was saved since the last step
 * @param edit how the plan's file differs from what runs; null while it does not
 */
public record Observation(
        @Nullable TargetView target,
        @Nullable Traffic traffic,
        List<Finding> findings,
        List<Command> commands,
        List<String> failures,
        List<String> evidenceFiles,
        @Nullable Edit edit) {

    /**
     * @param requestsByTenant requests of the last day per tenant, for cohorts
     */
    public record Traffic(TrafficBatch batch, Map<Color, TrackTotals> totals, Map<String, Long> requestsByTenant) {
        public Traffic {
            totals = Map.copyOf(totals);
            requestsByTenant = Map.copyOf(requestsByTenant);
        }
    }

    /**
     * @param newRelease whether the edit names another canary, which supersedes the running one
     * @param digest tells one edit from another
     */
    public record Edit(boolean newRelease, String digest, String summary) {}

    public Observation {
        findings = List.copyOf(findings);
        commands = List.copyOf(commands);
        failures = List.copyOf(failures);
        evidenceFiles = List.copyOf(evidenceFiles);
    }
}
