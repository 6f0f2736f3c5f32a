package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.controller.Opening;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.BlindRules;
import dev.vextrus.rollout.plan.Phase;
import dev.vextrus.rollout.testkit.MemoryJournal;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A router refuses what is older than what it follows, so each order must be newer than all before it. */
class EpochTest {
    private static final String ROUTE = "route ";
    private static final List<Phase> PHASES =
            List.of(Plans.brief(1, 30, Duration.ofMinutes(1)), Plans.brief(2, 100, Duration.ofMinutes(1)));

    private final World world = new World(Plans.of(PHASES), 5);

    @Test
    void each_routing_has_a_higher_epoch_than_the_one_before() {
        world.traffic.faults((color, now) -> color == Color.GREEN ? 0.3 : 0);

        world.runToEnd(world.open());

        assertThat(epochs()).hasSizeGreaterThan(2).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_rollout_that_begins_with_an_empty_journal_goes_on_above_what_the_router_follows() {
        world.runToEnd(world.open());
        int before = epochs().size();
        world.journal = new MemoryJournal();

        Controller next = Opening.open(
                        world.parts(),
                        Plans.over(
                                Plans.release("1.1.0"),
                                Plans.with(PHASES, Duration.ZERO, BlindRules.DEFAULTS, Plans.release("1.2.0"))),
                        List.of())
                .controller();
        RolloutState end = world.runToEnd(next);

        assertThat(end.stage().kind()).isEqualTo(StageKind.COMPLETED);
        assertThat(epochs()).hasSizeGreaterThan(before).isSorted().doesNotHaveDuplicates();
    }

    private List<Long> epochs() {
        return world.target.effects().stream()
                .filter(effect -> effect.startsWith(ROUTE))
                .map(effect -> Long.valueOf(effect.substring(ROUTE.length(), effect.indexOf(' ', ROUTE.length()))))
                .toList();
    }
}
