package dev.vextrus.finance.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.finance.command.Role;
import dev.vextrus.finance.settings.Settings;
import dev.vextrus.kernel.Actor;
import dev.vextrus.kernel.TenantId;
import io.github.bucket4j.TimeMeter;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final Caller ANN = caller("acme", "ann");
    private static final Caller BOB = caller("acme", "bob");
    private static final Caller ANN_OF_GLOBEX = caller("globex", "ann");

    private final Clock clock = new Clock();

    /** Stands still until it is moved. */
    private static final class Clock implements TimeMeter {
        private long nanos;

        void pass(long seconds) {
            nanos += TimeUnit.SECONDS.toNanos(seconds);
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    @Test
    void a_user_who_sent_enough_waits_until_the_bucket_has_filled_again() {
        RateLimits limits = limits(2, 0, 0);
        assertThat(limits.of(ANN).orElseThrow().remaining()).isEqualTo(1);
        assertThat(limits.of(ANN).orElseThrow().allowed()).isTrue();

        RateLimits.Verdict refused = limits.of(ANN).orElseThrow();
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.waitSeconds()).isEqualTo(30);

        clock.pass(refused.waitSeconds());
        assertThat(limits.of(ANN).orElseThrow().allowed()).isTrue();
        assertThat(limits.of(ANN).orElseThrow().allowed()).isFalse();
    }

    @Test
    void users_of_one_name_in_two_tenants_have_a_bucket_each() {
        RateLimits limits = limits(1, 0, 0);
        assertThat(limits.of(ANN).orElseThrow().allowed()).isTrue();
        assertThat(limits.of(ANN_OF_GLOBEX).orElseThrow().allowed()).isTrue();
        assertThat(limits.of(ANN).orElseThrow().allowed()).isFalse();
    }

    @Test
    void a_tenant_is_limited_however_many_users_it_has() {
        RateLimits limits = limits(10, 2, 0);
        assertThat(limits.of(ANN).orElseThrow().allowed()).isTrue();
        assertThat(limits.of(BOB).orElseThrow().allowed()).isTrue();
        assertThat(limits.of(caller("acme", "cem")).orElseThrow()).satisfies(said -> {
            assertThat(said.allowed()).isFalse();
            assertThat(said.of()).isEqualTo("tenant");
        });
        assertThat(limits.of(ANN_OF_GLOBEX).orElseThrow().allowed()).isTrue();
    }

    @Test
    void an_address_has_a_quarter_of_an_hour() {
        RateLimits limits = limits(0, 0, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(limits.of("192.0.2.1").orElseThrow().allowed()).isTrue();
        }
        assertThat(limits.of("192.0.2.1").orElseThrow().waitSeconds()).isEqualTo(300);
        assertThat(limits.of("192.0.2.2").orElseThrow().allowed()).isTrue();
    }

    @Test
    void nought_is_no_limit() {
        assertThat(limits(0, 0, 0).of(ANN)).isEmpty();
        assertThat(limits(0, 0, 0).of("192.0.2.1")).isEmpty();
    }

    private RateLimits limits(int user, int tenant, int address) {
        return new RateLimits(new Settings.RateLimits(user, tenant, address), clock);
    }

    private static Caller caller(String tenant, String user) {
        return new Caller(TenantId.of(tenant), Actor.of(user), Set.of(Role.VIEWER));
    }
}
