package dev.vextrus.proxy.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final long SEED = 42;

    private static Routing routing(double weight, Cohort cohort) {
        ColorRoute blue = new ColorRoute("blue", "1", List.of(new Upstream("a", 1)));
        ColorRoute green = new ColorRoute("green", "2", List.of(new Upstream("b", 2)));
        return new Routing(1, Map.of("blue", blue, "green", green), "blue", "green", weight, cohort, null, 300);
    }

    private static boolean canary(Routing routing, RequestFacts facts, Random random) {
        return Router.choose(routing, facts, random::nextDouble) instanceof Choice.To to
                && to.color().name().equals("green");
    }

    private static Cohort hashed(Set<String> tenants, String salt) {
        return new Cohort(Cohort.Mode.TENANT, tenants, Set.of("kept"), Cohort.Unknown.HASH, Cohort.Sticky.NONE, salt);
    }

    @Test
    void drawn_requests_meet_the_weight_within_four_standard_deviations() {
        Random random = new Random(SEED);
        for (double weight : new double[] {0.1, 0.3, 0.6}) {
            int n = 100_000;
            int hits = 0;
            Routing routing = routing(weight, Cohort.requests());
            for (int i = 0; i < n; i++) {
                hits += canary(routing, RequestFacts.ofTenant(null), random) ? 1 : 0;
            }
            double deviation = Math.sqrt(weight * (1 - weight) / n);
            assertThat((double) hits / n).as("seed " + SEED).isCloseTo(weight, within(4 * deviation));
        }
    }

    @Test
    void unknown_tenants_by_hash_meet_the_weight_and_only_ever_move_to_the_canary_as_it_rises() {
        Random random = new Random(SEED);
        Set<String> before = new HashSet<>();
        for (double weight : new double[] {0.1, 0.3, 0.6, 1}) {
            Set<String> now = new HashSet<>();
            Routing routing = routing(weight, hashed(Set.of(), "s1"));
            for (int i = 0; i < 20_000; i++) {
                String tenant = "tenant-" + i;
                if (canary(routing, RequestFacts.ofTenant(tenant), random)) {
                    now.add(tenant);
                }
            }
            assertThat(now.containsAll(before)).isTrue();
            double deviation = Math.sqrt(weight * (1 - weight) / 20_000);
            assertThat(now.size() / 20_000.0).isCloseTo(weight, within(4 * deviation + 1e-9));
            before = now;
        }
    }

    @Test
    void another_salt_gives_other_tenants_the_first_turn() {
        Random random = new Random(SEED);
        int same = 0;
        Routing first = routing(0.1, hashed(Set.of(), "s1"));
        Routing second = routing(0.1, hashed(Set.of(), "s2"));
        for (int i = 0; i < 10_000; i++) {
            RequestFacts facts = RequestFacts.ofTenant("tenant-" + i);
            same += canary(first, facts, random) && canary(second, facts, random) ? 1 : 0;
        }
        assertThat(same / 10_000.0).isCloseTo(0.01, within(0.005));
    }

    @Test
    void a_tenant_that_was_weighed_and_left_on_stable_does_not_follow_its_hash() {
        Random random = new Random(SEED);
        assertThat(canary(routing(0.999999, hashed(Set.of(), "s")), RequestFacts.ofTenant("kept"), random))
                .isFalse();
        assertThat(canary(routing(0.000001, hashed(Set.of("named"), "s")), RequestFacts.ofTenant("named"), random))
                .isTrue();
    }

    @Test
    void a_session_moves_only_towards_the_canary() {
        Cohort sticky =
                new Cohort(Cohort.Mode.REQUEST, Set.of(), Set.of(), Cohort.Unknown.STABLE, Cohort.Sticky.COOKIE, "");
        Random random = new Random(SEED);
        for (int i = 0; i < 1_000; i++) {
            RequestFacts facts = new RequestFacts(null, null, null, i / 1_000.0);
            boolean was = false;
            for (double weight : new double[] {0, 0.1, 0.3, 0.6, 1}) {
                boolean is = canary(routing(weight, sticky), facts, random);
                assertThat(is || !was).isTrue();
                was = is;
            }
            assertThat(was).isTrue();
        }
    }
}
