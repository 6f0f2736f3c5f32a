package dev.vextrus.rollout.overhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.observation.Answer;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.HealthReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpReleaseProbeTest {

    @Test
    void a_release_that_is_not_well_names_the_parts_that_are_down() {
        HttpReleaseProbe probe = answering(503, """
                {"status":"down","checks":{"database":"down","cache":"up"},"draining":false,"inFlight":3}
                """);

        assertThat(probe.health(Color.BLUE)).isEqualTo(new Answer.Offered<>(new HealthReport(List.of("database"))));
    }

    @Test
    void a_release_that_is_well_names_none() {
        HttpReleaseProbe probe = answering(200, """
                {"status":"up","checks":{"database":"up"}}
                """);

        assertThat(probe.health(Color.BLUE)).isEqualTo(new Answer.Offered<>(new HealthReport(List.of())));
    }

    @Test
    void a_release_without_such_an_answer_says_nothing_for_or_against() {
        assertThat(answering(404, "").health(Color.BLUE)).isInstanceOf(Answer.NotOffered.class);
        assertThat(answering(503, "overloaded").health(Color.BLUE)).isInstanceOf(Answer.Unavailable.class);
    }

    private static HttpReleaseProbe answering(int status, String body) {
        return new HttpReleaseProbe(color -> List.of(path -> {
            assertThat(path).isEqualTo("/health/full");
            return new HttpCall.Reply(status, body);
        }));
    }
}
