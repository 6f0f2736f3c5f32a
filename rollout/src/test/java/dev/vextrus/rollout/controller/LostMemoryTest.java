package dev.vextrus.rollout.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.engine.CommandKind;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.testkit.MemoryJournal;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A rollout whose journal is gone stands still where it is, and goes on when somebody asks. */
class LostMemoryTest {
    private final World world = new World(Plans.hourly());

    @Test
    void nothing_rises_until_somebody_promotes() {
        Controller lost = loseTheJournal();
        long epoch = lost.state().routing().epoch();

        assertThat(lost.state().stage().kind()).isEqualTo(StageKind.AWAITING_APPROVAL);
        watch(lost, Duration.ofHours(3));
        assertThat(lost.state().stage().kind()).isEqualTo(StageKind.AWAITING_APPROVAL);
        assertThat(lost.state().routing().weight()).isEqualTo(0.1);
        assertThat(lost.state().routing().epoch()).isEqualTo(epoch);
    }

    @Test
    void a_promotion_before_there_is_a_fresh_verdict_stands_and_waits_for_it() {
        Controller lost = loseTheJournal();

        world.say(CommandKind.PROMOTE, "I looked myself");
        world.runUntil(lost, StageKind.SHIFTING, 1);
        assertThat(lost.state().watch().freshness().owed()).isTrue();
        assertThat(lost.state().routing().weight()).isEqualTo(0.1);
        world.runUntil(lost, state -> state.routing().weight() > 0.1);

        assertThat(lost.state().watch().freshness().owed()).isFalse();
    }

    @Test
    void a_promotion_goes_on_with_the_next_phase_and_to_the_end() {
        Controller lost = loseTheJournal();
        watch(lost, Duration.ofMinutes(10));

        world.say(CommandKind.PROMOTE, "it was well when the journal was lost");
        world.runUntil(lost, StageKind.BAKING, 1);

        assertThat(world.runToEnd(lost).stage().kind()).isEqualTo(StageKind.COMPLETED);
    }

    private Controller loseTheJournal() {
        world.runUntil(world.open(), StageKind.BAKING, 0);
        world.journal = new MemoryJournal();
        return world.open();
    }

    private void watch(Controller controller, Duration time) {
        RolloutState now = controller.state();
        world.runUntil(
                controller, _ -> !world.clock.instant().isBefore(now.startedAt().plus(time)));
    }
}
