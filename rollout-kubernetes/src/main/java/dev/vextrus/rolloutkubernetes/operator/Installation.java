package dev.vextrus.rolloutkubernetes.operator;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.observation.TargetView;
import dev.vextrus.rollout.plan.ReleaseSpec;
import java.time.Duration;
import java.util.List;

/** The first release of a workload: there is nothing to compare it with, so it comes as it is, and serves once it is ready. */
final class Installation {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private Installation() {}

    /** @return time until the next look */
    static Duration advance(Workload workload, TargetView view, ReleaseSpec release, int replicas) {
        boolean ordered = workload.ordered(Color.BLUE)
                .map(standing -> ReleaseOfTemplate.hash(standing).equals(ReleaseOfTemplate.hash(release)))
                .orElse(false);
        if (!ordered || view.desired(Color.BLUE) != replicas) {
            workload.target().deploy(Color.BLUE, release, replicas);
            return LOOK;
        }
        if (view.ready(Color.BLUE) < replicas) {
            return LOOK;
        }
        workload.target().route(new Routing(1, Color.BLUE, null, 0, List.of(), false));
        return Duration.ZERO;
    }
}
