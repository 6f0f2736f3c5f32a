package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.controller.Controller;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.testkit.Plans;
import dev.vextrus.rollout.testkit.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StableStartTest {
    private final World world = new World(Plans.hourly());

    @Test
    void a_stable_release_that_keeps_dying_is_told_at_its_first_exit_and_refused_before_its_deadline() {
        world.target.crash((version, now) -> version.equals("1.0.0"));
        Controller controller = world.open();
        Instant begun = world.clock.instant();

        world.runUntil(controller, state -> notes().contains("has ended 1 time(s)"));
        assertThat(notes()).contains("stable 1.0.0 is not ready: blue-1", "last: exit code 137");

        RolloutState ended = world.runToEnd(controller);
        assertThat(ended.stage().kind()).isEqualTo(StageKind.REFUSED);
        assertThat(Objects.requireNonNull(ended.ending()).reason()).isEqualTo(ReasonCode.STABLE_NOT_READY);
        assertThat(ended.ending().message()).contains("crash-looping: blue-1 ended 3 time(s)", "exit code 137");
        assertThat(Duration.between(begun, world.clock.instant()))
                .isLessThan(Plans.hourly().stable().readyWithin());
        assertThat(world.target.effects()).noneMatch(effect -> effect.startsWith("start green"));
    }

    @Test
    void a_stable_release_that_dies_once_and_then_comes_up_lets_the_rollout_begin() {
        Instant begun = world.clock.instant();
        world.target.crash((version, now) -> version.equals("1.0.0") && now.isBefore(begun.plusSeconds(4)));

        world.runUntil(world.open(), StageKind.PREPARING, 0);

        assertThat(notes()).contains("blue-1 has ended");
    }

    @Test
    void exits_from_before_the_rollout_make_no_crash_loop() {
        world.target.deploy(Color.BLUE, Plans.release("1.0.0"), 1);
        Instant longAgo = world.clock.instant().plus(Duration.ofHours(1));
        world.target.crash((version, now) -> now.isBefore(longAgo));
        for (int look = 0; look < 5; look++) {
            world.without(Duration.ofSeconds(10));
            world.target.observe();
        }
        world.without(Duration.ofDays(30));
        Instant mended = world.clock.instant().plusSeconds(20);
        world.target.unready((version, now) -> version.equals("1.0.0") && now.isBefore(mended));

        world.runUntil(world.open(), StageKind.PREPARING, 0);

        assertThat(notes()).contains("blue-1 has ended 5 time(s)");
    }

    private String notes() {
        List<String> notes = world.journal.entries().stream()
                .filter(entry -> entry.what() instanceof JournalRecord.Decided)
                .flatMap(entry -> ((JournalRecord.Decided) entry.what()).why().stream())
                .toList();
        return String.join("\n", notes);
    }
}
