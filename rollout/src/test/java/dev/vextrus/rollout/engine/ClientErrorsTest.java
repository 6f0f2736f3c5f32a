package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.json.RolloutJson;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.TenantWindow;
import dev.vextrus.rollout.observation.TenantWindow.Mistakes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ClientErrorsTest {
    private static final Duration WINDOW = Duration.ofMinutes(5);

    @Test
    void most_tenants_of_the_canary_with_more_than_they_had_are_harm() {
        Many many = new Many(40).history(60, 1).canary(0, 4, 30, 12).stable(4, 40, 30, 0);

        ClientErrors.Finding finding = Objects.requireNonNull(many.counted.judge());

        assertThat(finding.message())
                .isEqualTo(
                        "client errors (4xx) rose for 4 of 4 tenants on the canary (48 of 120 requests), and for 0 of 36 on"
                                + " stable (0 of 1080)");
        assertThat(finding.numbers()).containsEntry("canaryTenantsRisen", 4.0);
    }

    @Test
    void one_tenant_with_a_broken_client_is_no_harm_of_the_release() {
        Many many = new Many(40)
                .history(60, 1)
                .canary(0, 1, 5_000, 5_000)
                .canary(1, 4, 30, 0)
                .stable(4, 40, 30, 0);

        assertThat(many.blamed()).isFalse();
    }

    @Test
    void what_tenants_of_stable_have_as_well_is_no_harm_of_the_release() {
        Many many = new Many(40)
                .history(60, 1)
                .canary(0, 4, 30, 12)
                .stable(4, 24, 30, 0)
                .stable(24, 40, 30, 12);

        assertThat(many.blamed()).isFalse();
    }

    @Test
    void tenants_that_always_had_them_have_no_more_than_they_had() {
        Many many = new Many(40).history(60, 30).canary(0, 4, 30, 20).stable(4, 40, 30, 0);

        assertThat(many.blamed()).isFalse();
    }

    @Test
    void whoever_is_on_both_releases_is_compared_with_itself() {
        Many many = new Many(1, "").history(1_000, 0).canary(0, 1, 1_000, 600).stable(0, 1, 1_000, 480);

        assertThat(many.blamed()).isFalse();
    }

    @Test
    void where_nobody_is_told_apart_nearly_all_requests_must_be_refused() {
        Many some = new Many(1, "").history(100, 0).canary(0, 1, 100, 45).stable(0, 1, 900, 0);
        Many all = new Many(1, "").history(100, 0).canary(0, 1, 100, 99).stable(0, 1, 900, 0);

        assertThat(some.blamed()).isFalse();
        assertThat(all.blamed()).isTrue();
    }

    @Test
    void a_cohort_of_one_tenant_alone_is_not_enough_while_others_can_bear_it_out() {
        Many many = new Many(2).history(60, 1).canary(0, 1, 60, 60).stable(1, 2, 60, 0);
        assertThat(many.blamed()).isFalse();

        many.canary(1, 2, 60, 60);
        assertThat(many.blamed()).isTrue();
    }

    @Test
    void without_stable_beside_it_a_release_is_not_blamed_for_what_clients_may_have_changed_since() {
        Many many = new Many(40).history(60, 1).canary(0, 40, 30, 24);

        assertThat(many.blamed()).isFalse();
    }

    @Test
    void a_stranger_who_asks_for_what_is_not_there_hides_no_release_that_refuses_everybody() {
        Many many = new Many(40)
                .history(5, 0)
                .strangers(1_000, 600)
                .canary(0, 4, 30, 30)
                .stable(4, 40, 30, 0);

        assertThat(many.blamed()).isTrue();
    }

    @Test
    void the_only_tenant_is_protected_also_beside_requests_that_name_none() {
        Many many = new Many(1)
                .history(60, 0)
                .strangers(100, 60)
                .canary(0, 1, 30, 30)
                .stable(0, 1, 60, 0);

        assertThat(many.blamed()).isTrue();
    }

    @Test
    void what_came_before_an_outage_was_over_is_left_out() {
        Many many = new Many(40).history(60, 1);
        many.since = 2_000;
        many.canary(0, 4, 30, 30);
        many.stable(4, 40, 30, 0);

        assertThat(many.blamed()).isFalse();
    }

    @Test
    void what_is_not_told_is_not_judged() {
        ClientErrors counted =
                ClientErrors.NONE.plus(List.of(window(1_000, Color.GREEN, "acme", null)), Color.GREEN, true, 0, WINDOW);

        assertThat(counted).isEqualTo(ClientErrors.NONE);
    }

    @Test
    void what_is_older_than_two_windows_is_forgotten() {
        Many many = new Many(40).history(60, 1).canary(0, 4, 30, 30);
        many.second = 2_000;
        many.canary(0, 4, 30, 0);
        many.stable(4, 40, 30, 0);

        assertThat(many.blamed()).isFalse();
    }

    @Test
    void a_journal_from_before_they_were_counted_is_read() {
        ObjectNode written = RolloutJson.mapper().valueToTree(Watch.begin(300));
        written.remove("clientErrors");

        assertThat(RolloutJson.mapper().treeToValue(written, Watch.class).clientErrors())
                .isEqualTo(ClientErrors.NONE);
    }

    /**
     * Shares from 0.1 to 30 %, in bursts; one client in ten breaks for good at some time of the eight hours, in which the
     * cohort grows from a tenth to all.
     */
    @Test
    void good_releases_among_careless_clients_are_hardly_ever_blamed() {
        int blamed = 0;
        for (int seed = 0; seed < 200; seed++) {
            blamed += blamedAt(new Random(seed), 0) < Integer.MAX_VALUE ? 1 : 0;
        }
        assertThat(blamed).as("of 200 rollouts").isLessThanOrEqualTo(2);
    }

    @Test
    void a_release_that_refuses_one_request_in_three_is_found_among_careless_clients() {
        int early = 0;
        int ever = 0;
        for (int seed = 0; seed < 100; seed++) {
            int at = blamedAt(new Random(seed), 0.33);
            early += at < PHASE_MINUTES ? 1 : 0;
            ever += at < Integer.MAX_VALUE ? 1 : 0;
        }
        assertThat(early).as("of 100 rollouts, in the first phase").isGreaterThanOrEqualTo(70);
        assertThat(ever).as("of 100 rollouts").isGreaterThanOrEqualTo(99);
    }

    private static final int PHASE_MINUTES = 120;
    private static final int[] COHORTS = {4, 12, 24, 40};

    /** The minute in which the release is blamed; none as the largest number. */
    private static int blamedAt(Random random, double harm) {
        int tenants = 40;
        int minutes = PHASE_MINUTES * COHORTS.length;
        double[] share = new double[tenants];
        int[] breaksAt = new int[tenants];
        for (int i = 0; i < tenants; i++) {
            share[i] = Math.min(0.3, Math.exp(-4.5 + 1.5 * random.nextGaussian()));
            breaksAt[i] = random.nextInt(10) == 0 ? random.nextInt(minutes) : Integer.MAX_VALUE;
        }
        ClientErrors counted = ClientErrors.NONE;
        for (int minute = -10; minute < minutes; minute++) {
            List<TenantWindow> windows = new ArrayList<>();
            for (int i = 0; i < tenants; i++) {
                boolean canary = minute >= 0 && i < COHORTS[minute / PHASE_MINUTES];
                int errors = 0;
                int requests = 5 + random.nextInt(20);
                for (int left = requests; left > 0; ) {
                    int burst = Math.min(left, 1 + random.nextInt(3));
                    double chance = minute >= breaksAt[i] ? 0.9 : share[i] + (canary ? harm : 0);
                    errors += random.nextDouble() < chance ? burst : 0;
                    left -= burst;
                }
                windows.add(window(
                        100_000 + 60L * minute,
                        canary ? Color.GREEN : Color.BLUE,
                        "tenant-" + i,
                        new Mistakes(requests, errors)));
            }
            counted = counted.plus(windows, Color.GREEN, minute >= 0, 0, WINDOW);
            if (counted.judge() != null) {
                return minute;
            }
        }
        return Integer.MAX_VALUE;
    }

    private static TenantWindow window(long second, Color color, String tenant, @Nullable Mistakes mistakes) {
        return new TenantWindow(second, color, tenant, "Post", 10, 0, 0, false, mistakes);
    }

    /** Tenants with counts of their own. */
    private static final class Many {
        private final int tenants;
        private final String name;
        private ClientErrors counted = ClientErrors.NONE;
        private long second = 1_000;
        private long since;

        Many(int tenants) {
            this(tenants, "tenant-");
        }

        Many(int tenants, String name) {
            this.tenants = tenants;
            this.name = name;
        }

        Many history(long requests, long errors) {
            return add(Color.BLUE, 0, tenants, requests, errors, false);
        }

        Many strangers(long requests, long errors) {
            List<TenantWindow> nameless = List.of(window(second, Color.BLUE, "", new Mistakes(requests, errors)));
            counted = counted.plus(nameless, Color.GREEN, false, since, WINDOW);
            return this;
        }

        Many canary(int from, int to, long requests, long errors) {
            return add(Color.GREEN, from, to, requests, errors, true);
        }

        Many stable(int from, int to, long requests, long errors) {
            return add(Color.BLUE, from, to, requests, errors, true);
        }

        boolean blamed() {
            return counted.judge() != null;
        }

        private Many add(Color color, int from, int to, long requests, long errors, boolean judged) {
            List<TenantWindow> windows = new ArrayList<>();
            for (int i = from; i < to; i++) {
                windows.add(window(second, color, name.isEmpty() ? "" : name + i, new Mistakes(requests, errors)));
            }
            counted = counted.plus(windows, Color.GREEN, judged, since, WINDOW);
            return this;
        }
    }
}
