package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.audit.JournalRecord;
import dev.vextrus.rollout.engine.Action;
import dev.vextrus.rollout.engine.PhaseRecord;
import dev.vextrus.rollout.engine.RolloutState;
import dev.vextrus.rollout.engine.Stage;
import dev.vextrus.rollout.engine.Stage.HoldCause;
import dev.vextrus.rollout.engine.StageKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What may break under a rollout of the real service, and must not be blamed on the new release. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolloutUnderFaultsIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    /** No weight rises sooner after a gap: what a fresh verdict takes at this speed. */
    private static final Duration FRESH = Duration.ofSeconds(3);

    private FinanceRollout rollout;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        rollout = FinanceRollout.open(folder);
    }

    @AfterAll
    void close() throws Exception {
        if (rollout != null) {
            rollout.close();
        }
    }

    @Test
    void a_database_that_is_killed_and_comes_back_during_a_bake_rolls_nothing_back() throws Exception {
        rollout.release();
        rollout.await(RolloutUnderFaultsIT::bakesUnderTraffic);

        rollout.killDatabase();
        rollout.await(
                state -> state.stage() instanceof Stage.Holding holding && holding.cause() == HoldCause.SHARED_OUTAGE);
        rollout.restartDatabase();

        FrontDoor.Ended ended = promoted();
        assertThat(rollout.last().watch().canary().failed())
                .as("the outage met the canary too")
                .isPositive();
        JsonNode integrity = ended.json().path("integrity");
        for (String proof : List.of("balanced", "readModels", "chain")) {
            assertThat(integrity.path(proof).asBoolean())
                    .as(integrity.toString())
                    .isTrue();
        }
    }

    @Test
    void a_controller_that_is_killed_in_mid_bake_is_followed_by_one_that_does_nothing_twice() throws Exception {
        rollout.release();
        RolloutState before = rollout.await(RolloutUnderFaultsIT::bakesUnderTraffic);

        rollout.killController();
        rollout.start();

        promoted();
        List<JournalEntry> journal = rollout.journal();
        assertThat(journal)
                .filteredOn(entry -> entry.what() instanceof JournalRecord.Resumed)
                .hasSize(1);
        assertThat(rollout.last().id()).isEqualTo(before.id());
        assertThat(rollout.last().phases().getFirst().from())
                .as("the phase went on, and did not begin anew")
                .isEqualTo(before.phases().getFirst().from());
        assertNothingTwice(journal);
    }

    @Test
    void a_controller_that_stood_still_for_longer_than_a_bake_counts_none_of_it_and_looks_again_first()
            throws Exception {
        rollout.release();
        rollout.await(RolloutUnderFaultsIT::bakesUnderTraffic);

        rollout.freezeController();
        Instant frozen = Instant.now();
        long before = rollout.answered();
        Duration longer = FinanceRollout.BAKE.plusSeconds(2);
        Eventually.get(LIMIT, () -> {
            boolean over = Instant.now().isAfter(frozen.plus(longer));
            boolean served = rollout.answered() > before;
            return (over && served) ? true : null;
        });
        Duration still = Duration.between(frozen, Instant.now());
        rollout.thawController();

        promoted();
        List<PhaseRecord> phases = rollout.last().phases();
        Duration watched = phases.stream().map(PhaseRecord::observed).reduce(Duration.ZERO, Duration::plus);
        Instant end = Objects.requireNonNull(phases.getLast().to());
        assertThat(Duration.between(phases.getFirst().from(), end))
                .as("time that nobody watched is no bake time")
                .isGreaterThanOrEqualTo(watched.plus(still));
        assertThat(phases.getFirst().observed()).isGreaterThanOrEqualTo(FinanceRollout.BAKE);
        Instant woken = decidedThat("nothing was observed for");
        assertThat(Duration.between(woken, decidedThat("phase 2 (100 %): weight ordered")))
                .isGreaterThanOrEqualTo(FRESH);
        assertNothingTwice(rollout.journal());
    }

    private FrontDoor.Ended promoted() throws Exception {
        FrontDoor.Ended ended = rollout.ended();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        assertThat(rollout.last().stage().kind()).isEqualTo(StageKind.COMPLETED);
        return ended;
    }

    private static boolean bakesUnderTraffic(RolloutState state) {
        return state.stage().kind() == StageKind.BAKING
                && state.watch().canary().requests() > 0;
    }

    /** When the last decision with that reason was made. */
    private Instant decidedThat(String why) {
        return rollout.journal().stream()
                .filter(entry -> entry.what() instanceof JournalRecord.Decided decided
                        && decided.why().stream().anyMatch(note -> note.contains(why)))
                .map(JournalEntry::at)
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("never decided: " + why));
    }

    /** Each action of each decision was carried out once, and no weight was ordered a second time. */
    private static void assertNothingTwice(List<JournalEntry> journal) {
        Set<String> done = new HashSet<>();
        List<Double> weights = new ArrayList<>();
        for (JournalEntry entry : journal) {
            if (entry.what() instanceof JournalRecord.Acted acted && acted.failure() == null) {
                assertThat(done.add(acted.decision() + "/" + acted.action()))
                        .as("action %d of decision %d", acted.action(), acted.decision())
                        .isTrue();
            }
            if (entry.what() instanceof JournalRecord.Decided decided) {
                for (Action action : decided.actions()) {
                    if (action instanceof Action.Route route) {
                        weights.add(route.routing().weight());
                    }
                }
            }
        }
        assertThat(weights).containsOnlyOnce(0.3, 1.0);
    }
}
