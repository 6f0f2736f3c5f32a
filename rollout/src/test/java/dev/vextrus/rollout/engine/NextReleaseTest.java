package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.controller.Opening;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.BlindRules;
import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A release after the first takes the colour of one that has served before it. */
class NextReleaseTest {
    private static final List<Phase> PHASES =
            List.of(Plans.brief(1, 30, Duration.ofMinutes(5)), Plans.brief(2, 100, Duration.ofMinutes(5)));

    /** Requests that arrive between the last look and the test's own. */
    private static final long A_LOOK = 1000;

    @Test
    void its_requests_and_faults_are_counted_from_its_own_first_one() {
        World world = new World(Plans.of(PHASES));
        world.runToEnd(world.open());
        long served = world.traffic.requests(Color.BLUE);
        Controller next = Opening.open(
                        world.parts(),
                        Plans.over(
                                Plans.release("1.1.0"),
                                Plans.with(PHASES, Duration.ZERO, BlindRules.DEFAULTS, Plans.release("1.2.0"))),
                        List.of())
                .controller();

        RolloutState state = world.runUntil(next, StageKind.GATING, 0);

        assertThat(state.roles().canary()).as("the colour that stable had").isEqualTo(Color.BLUE);
        assertThat(served).isPositive();
        assertThat(state.watch().canary().requests())
                .isPositive()
                .isCloseTo(world.traffic.requests(Color.BLUE), within(A_LOOK));
    }
}
