package dev.vextrus.rollout.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.audit.Revisions;
import dev.vextrus.rollout.audit.Revisions.Revision;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.StageKind;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.plan.Undoing;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An earlier release comes back after a promotion. */
class UndoTest {

    @Test
    void the_release_before_comes_back_in_one_phase_and_is_a_revision_of_its_own() {
        World world = new World(Plans.hourly());
        world.runToEnd(world.open());
        List<Revision> before = Revisions.of(world.journal.entries());
        assertThat(before).extracting(r -> r.release().version()).containsExactly("1.0.0", "1.1.0");

        RolloutPlan back = Undoing.plan(
                Plans.hourly(), before.get(1).release(), before.get(0).release());
        Controller controller = Opening.open(world.parts(), back, List.of()).controller();
        RolloutState state = world.runToEnd(controller);

        assertThat(state.stage().kind()).isEqualTo(StageKind.COMPLETED);
        assertThat(world.target.versions(Color.BLUE)).containsExactly("1.0.0");
        assertThat(world.target.versions(Color.GREEN)).isEmpty();
        assertThat(Objects.requireNonNull(world.target.routing()).stable()).isEqualTo(Color.BLUE);
        assertThat(Revisions.of(world.journal.entries()))
                .extracting(r -> r.release().version())
                .containsExactly("1.0.0", "1.1.0", "1.0.0");
    }

    @Test
    void a_release_that_went_back_is_no_revision() {
        World world = new World(Plans.hourly());
        world.target.crash((version, now) -> version.equals("1.1.0"));
        world.runToEnd(world.open());

        assertThat(Revisions.of(world.journal.entries()))
                .extracting(r -> r.release().version())
                .containsExactly("1.0.0");
    }
}
