package dev.vextrus.finance.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.finance.settings.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class OutcomeFilterTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final InFlight inFlight = new InFlight();
    private final OutcomeFilter filter = new OutcomeFilter(
            "1.0.0",
            inFlight,
            new RequestMetrics(registry, new Settings.Release("1.0.0", "blue", "v1")),
            () -> new UUID(1, 2));

    @Test
    void a_request_that_ends_in_an_error_is_told_and_counted_as_our_fault() throws IOException {
        var response = new MockHttpServletResponse();

        filter.doFilterInternal(new MockHttpServletRequest("POST", "/graphql"), response, (_, _) -> {
            throw new StackOverflowError("as deep as it goes");
        });

        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getHeader("X-Outcome")).isEqualTo("fault");
        assertThat(response.getContentAsString()).contains("INTERNAL").doesNotContain("deep");
        assertThat(registry.getMeters())
                .filteredOn(meter -> "fault".equals(meter.getId().getTag("outcome")))
                .isNotEmpty();
        assertThat(inFlight.count()).isZero();
    }
}
