package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Limits so low that the second request meets them: it would take a minute, or a quarter of an hour, to be let in again. */
class RateLimitIT {
    @AutoClose
    private static final RunningService service =
            RunningService.start(Map.of("VEXTRUS_RATE_USER_PER_MINUTE", "1", "VEXTRUS_RATE_ADDRESS_PER_QUARTER", "1"));

    @Test
    void a_user_who_sends_too_much_is_told_when_to_come_back_and_nobody_else_notices() {
        Client ann = service.client(Tokens.of("acme", "ann", "viewer"));
        Reply first = ann.ask("{ version { version } }");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.headers().firstValue("RateLimit-Limit")).hasValue("1");
        assertThat(first.headers().firstValue("RateLimit-Remaining")).hasValue("0");

        Reply second = ann.ask("{ version { version } }");
        assertThat(second.status()).isEqualTo(429);
        assertThat(second.errorCode()).isEqualTo("RATE_LIMITED");
        assertThat(second.outcome()).as("not the release's fault").hasValue("client");
        assertThat(Integer.parseInt(second.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);

        assertThat(service.client(Tokens.of("acme", "bob", "viewer"))
                        .ask("{ version { version } }")
                        .status())
                .isEqualTo(200);
        assertThat(service.client(Tokens.of("globex", "ann", "viewer"))
                        .ask("{ version { version } }")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_address_that_keeps_trying_tokens_is_asked_to_wait_but_not_who_has_a_good_one() {
        Client nobody = service.client("nonsense");
        assertThat(nobody.ask("{ version { version } }").status()).isEqualTo(401);
        Reply second = nobody.ask("{ version { version } }");
        assertThat(second.status()).isEqualTo(429);
        assertThat(second.errorCode()).isEqualTo("RATE_LIMITED");
        assertThat(service.part(MeterRegistry.class)
                        .get("security.denials")
                        .tag("code", "RATE_LIMITED")
                        .counter()
                        .count())
                .isPositive();

        assertThat(service.client(Tokens.of("acme", "cem", "viewer"))
                        .ask("{ version { version } }")
                        .status())
                .isEqualTo(200);
        for (int i = 0; i < 5; i++) {
            assertThat(service.client("").get("/health/live").status()).isEqualTo(200);
        }
    }
}
