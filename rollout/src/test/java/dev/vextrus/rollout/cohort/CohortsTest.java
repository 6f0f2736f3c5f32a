package dev.vextrus.rollout.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.plan.CohortRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CohortsTest {
    private static final List<Double> PHASES = List.of(0.1, 0.3, 0.6, 1.0);

    @Test
    void each_phase_keeps_the_tenants_of_the_one_before_and_the_last_has_all() {
        for (long seed = 0; seed < 200; seed++) {
            Map<String, Long> traffic = logNormalTraffic(40, seed);
            List<List<String>> cohorts = phases(traffic, CohortRules.DEFAULTS, "release-" + seed);
            for (int i = 1; i < cohorts.size(); i++) {
                assertThat(cohorts.get(i)).as("seed %d phase %d", seed, i).containsAll(cohorts.get(i - 1));
            }
            assertThat(cohorts.getLast()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(traffic.keySet());
        }
    }

    @Test
    void the_share_of_traffic_lies_near_the_weight_whatever_the_tenants_sizes() {
        for (long seed = 0; seed < 200; seed++) {
            Map<String, Long> traffic = logNormalTraffic(200, seed);
            double total = traffic.values().stream().mapToLong(Long::longValue).sum();
            List<List<String>> cohorts = phases(traffic, CohortRules.DEFAULTS, "r" + seed);
            for (int i = 0; i < PHASES.size(); i++) {
                double share = cohorts.get(i).stream().mapToLong(traffic::get).sum() / total;
                assertThat(share)
                        .as("seed %d weight %s", seed, PHASES.get(i))
                        .isBetween(PHASES.get(i) * 0.95, PHASES.get(i) * 1.5);
            }
        }
    }

    @Test
    void a_tenant_that_would_overshoot_by_half_the_weight_moves_later() {
        Map<String, Long> traffic = Map.of("giant", 500L, "a", 50L, "b", 50L, "c", 200L, "d", 200L);
        List<List<String>> cohorts = phases(traffic, CohortRules.DEFAULTS, "s");
        assertThat(cohorts.getFirst()).containsExactlyInAnyOrder("a", "b");
        assertThat(cohorts.get(1)).doesNotContain("giant");
        assertThat(cohorts.get(3)).contains("giant");
    }

    @Test
    void named_tenants_go_first_or_last() {
        CohortRules rules = new CohortRules(CohortRules.Mode.TENANT, List.of("t3", "t9"), List.of("t5"));
        List<List<String>> cohorts = phases(logNormalTraffic(40, 7), rules, "s");
        assertThat(cohorts.getFirst()).startsWith("t3").doesNotContain("t5");
        assertThat(cohorts.getLast()).endsWith("t5");
    }

    @Test
    void a_salt_changes_who_goes_first_and_the_same_salt_does_not() {
        Map<String, Long> traffic = logNormalTraffic(40, 7);
        List<List<String>> once = phases(traffic, CohortRules.DEFAULTS, "one");
        assertThat(phases(traffic, CohortRules.DEFAULTS, "one")).isEqualTo(once);
        assertThat(phases(traffic, CohortRules.DEFAULTS, "two")).isNotEqualTo(once);
    }

    @Test
    void where_every_tenant_overshoots_the_smallest_is_taken_rather_than_none() {
        List<List<String>> cohorts = phases(Map.of("big", 60L, "small", 40L), CohortRules.DEFAULTS, "s");
        assertThat(cohorts.getFirst()).containsExactly("small");
    }

    @Test
    void without_weight_nobody_is_in() {
        assertThat(Cohorts.grow(Map.of("a", 1L), List.of("a"), 0, CohortRules.DEFAULTS, "s"))
                .isEmpty();
    }

    private static List<List<String>> phases(Map<String, Long> traffic, CohortRules rules, String salt) {
        List<List<String>> cohorts = new ArrayList<>();
        List<String> before = List.of();
        for (double weight : PHASES) {
            before = Cohorts.grow(traffic, before, weight, rules, salt);
            cohorts.add(before);
        }
        return cohorts;
    }

    private static Map<String, Long> logNormalTraffic(int tenants, long seed) {
        Random random = new Random(seed);
        Map<String, Long> traffic = new HashMap<>();
        for (int i = 0; i < tenants; i++) {
            traffic.put("t" + i, Math.round(1000 * Math.exp(1.5 * random.nextGaussian())) + 1);
        }
        return traffic;
    }
}
