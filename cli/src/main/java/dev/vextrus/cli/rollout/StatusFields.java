package dev.vextrus.cli.rollout;

import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.status.Statuses;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** A rollout's status as the fields of a JSON answer. */
final class StatusFields {
    private StatusFields() {}

    static Map<String, Object> of(RolloutPlan plan, RolloutState state, Instant now, @Nullable Path report) {
        Map<String, Object> fields = new LinkedHashMap<>(RolloutJson.mapper()
                .convertValue(Statuses.of(plan, state, now), new TypeReference<Map<String, Object>>() {}));
        if (report != null) {
            fields.put("report", report.toString());
        }
        return fields;
    }
}
