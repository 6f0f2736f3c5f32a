package dev.vextrus.rollout.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.InstanceView;
import dev.vextrus.rollout.observation.Routing;
import dev.vextrus.rollout.plan.ReleaseSpec;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What every target must do. An adapter's test extends this with a way to wait and two real releases. */
public abstract class TargetContract {

    protected abstract Target target();

    /** A release that becomes ready; its two versions differ. */
    protected abstract ReleaseSpec release(boolean canary);

    /** Waits, at most for a bounded time, until {@code holds}; fails otherwise. */
    protected abstract void await(BooleanSupplier holds);

    @Test
    void a_deployed_colour_becomes_ready_and_tells_its_version() {
        target().deploy(Color.BLUE, release(false), 1);

        await(() -> target().observe().ready(Color.BLUE) == 1);

        assertThat(target().observe().desired(Color.BLUE)).isEqualTo(1);
        assertThat(target().observe().of(Color.BLUE))
                .extracting(InstanceView::version)
                .containsExactly(release(false).version());
    }

    @Test
    void deploying_what_runs_already_changes_nothing() {
        target().deploy(Color.BLUE, release(false), 1);
        await(() -> target().observe().ready(Color.BLUE) == 1);
        InstanceView before = target().observe().of(Color.BLUE).getFirst();

        target().deploy(Color.BLUE, release(false), 1);

        InstanceView after = target().observe().of(Color.BLUE).getFirst();
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.startedAt()).isEqualTo(before.startedAt());
        assertThat(after.exits()).isEqualTo(before.exits());
    }

    @Test
    void a_routing_is_in_force_when_it_was_ordered() {
        bothColours();
        Routing routing = new Routing(2, Color.BLUE, Color.GREEN, 0.25, List.of(), false);

        target().route(routing);

        Routing inForce = Objects.requireNonNull(target().observe().routing());
        assertThat(inForce.epoch()).isEqualTo(2);
        assertThat(inForce.sameEffect(routing)).isTrue();
    }

    @Test
    void an_older_epoch_is_refused() {
        bothColours();
        target().route(new Routing(5, Color.BLUE, Color.GREEN, 0.1, List.of(), false));

        assertThatThrownBy(() -> target().route(new Routing(4, Color.BLUE, Color.GREEN, 0.9, List.of(), false)))
                .isInstanceOf(StaleEpoch.class);
        assertThat(Objects.requireNonNull(target().observe().routing()).weight())
                .isEqualTo(0.1);
    }

    @Test
    void the_same_routing_may_be_ordered_again() {
        bothColours();
        Routing routing = new Routing(3, Color.BLUE, Color.GREEN, 0.5, List.of(), false);
        target().route(routing);

        target().route(routing);

        assertThat(Objects.requireNonNull(target().observe().routing()).epoch()).isEqualTo(3);
    }

    @Test
    void a_colour_that_drained_and_stopped_is_gone_and_may_be_stopped_again() {
        bothColours();
        target().route(new Routing(2, Color.BLUE, null, 0, List.of(), false));
        target().drain(Color.GREEN);
        target().drain(Color.GREEN);
        assertThat(target().observe().draining()).contains(Color.GREEN);

        target().stop(Color.GREEN);
        target().stop(Color.GREEN);

        await(() -> target().observe().of(Color.GREEN).isEmpty());
        assertThat(target().observe().desired(Color.GREEN)).isZero();
        assertThat(target().observe().ready(Color.BLUE)).isEqualTo(1);
    }

    @Test
    void evidence_of_a_running_colour_is_saved_by_name() {
        bothColours();

        assertThat(target().collectEvidence(Color.GREEN)).isNotEmpty();
    }

    private void bothColours() {
        target().deploy(Color.BLUE, release(false), 1);
        target().deploy(Color.GREEN, release(true), 1);
        await(() ->
                target().observe().ready(Color.BLUE) == 1 && target().observe().ready(Color.GREEN) == 1);
    }
}
