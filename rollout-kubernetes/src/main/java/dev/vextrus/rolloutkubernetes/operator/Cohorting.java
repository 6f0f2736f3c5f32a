package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.plan.CohortRules.Mode;
import dev.vextrus.rolloutkubernetes.resource.PhasedRolloutSpec;
import java.util.Map;

/** What a router can move: only the proxy knows tenants, a gateway draws requests, a plain Service connections. */
final class Cohorting {
    private Cohorting() {}

    static Mode drawn(PhasedRolloutSpec spec) {
        PhasedRolloutSpec.Traffic traffic = spec.wantedTraffic();
        if (traffic.proxy() != null) {
            boolean byRequest =
                    spec.plan().get("cohorts") instanceof Map<?, ?> cohorts && "request".equals(cohorts.get("by"));
            return byRequest ? Mode.REQUEST : Mode.TENANT;
        }
        return traffic.gateway() != null ? Mode.REQUEST : Mode.CONNECTION;
    }
}
