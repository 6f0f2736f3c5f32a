package dev.vextrus.finance.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.finance.http.InFlight;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final InFlight inFlight = new InFlight();
    private final AtomicBoolean database = new AtomicBoolean(true);
    private final AtomicBoolean caughtUp = new AtomicBoolean();
    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final Health health = new Health(inFlight, Map.of("database", database::get), caughtUp::get, writing::get);

    @Test
    void it_is_live_from_the_beginning_and_ready_when_it_has_started_and_caught_up_once() {
        assertThat(health.live().status()).isEqualTo(200);
        assertThat(health.ready().status()).isEqualTo(503);
        health.started();
        assertThat(health.ready().body()).contains("catching up");
        caughtUp.set(true);
        assertThat(health.ready().status()).isEqualTo(200);
    }

    @Test
    void falling_behind_later_does_not_take_it_out() {
        health.started();
        caughtUp.set(true);
        health.ready();
        caughtUp.set(false);
        assertThat(health.ready().status()).isEqualTo(200);
    }

    @Test
    void an_outage_of_the_database_shows_but_neither_kills_nor_takes_it_out() {
        health.started();
        caughtUp.set(true);
        database.set(false);
        assertThat(health.live().status()).isEqualTo(200);
        assertThat(health.ready().status()).isEqualTo(200);
        assertThat(health.ready().body()).contains("degraded");
        assertThat(health.full().status()).isEqualTo(503);
    }

    @Test
    void a_process_that_can_write_no_more_gets_no_traffic_and_is_to_be_replaced() {
        health.started();
        caughtUp.set(true);
        assertThat(health.ready().status()).isEqualTo(200);
        writing.set(false);
        assertThat(health.ready().status()).isEqualTo(503);
        assertThat(health.live().status()).isEqualTo(503);
    }

    @Test
    void draining_takes_it_out_at_once() {
        health.started();
        caughtUp.set(true);
        inFlight.drain();
        assertThat(health.ready().status()).isEqualTo(503);
        assertThat(health.live().status()).isEqualTo(200);
    }
}
