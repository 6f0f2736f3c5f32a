package dev.vextrus.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrialResultTest {

    @Test
    void a_bad_release_that_went_back_says_how_soon_and_how_far_it_came() {
        TrialResult result =
                new TrialResult(TrialRow.ERRORS, "rolled back", "HARMFUL_ERRORS", 30, 6.0, 9.4, 11.6, 10, 12, 1500);

        assertThat(result.right()).isTrue();
        assertThat(result.say()).isEqualTo("decided in 9 s, gone in 12 s, never above 10 %; 12 failed");
        assertThat(result.fields()).containsEntry("row", "errors").containsEntry("secondsToLastCanaryRequest", 11.6);
    }

    @Test
    void a_good_release_that_went_back_is_called_what_it_is() {
        TrialResult result = new TrialResult(
                TrialRow.SHARED_OUTAGE, "rolled back", "ERROR_RATE", 45, 6.0, 30.0, 33.0, 10, 300, 2000);

        assertThat(result.right()).isFalse();
        assertThat(result.say()).startsWith("FALSE ABORT (ERROR_RATE)");
    }

    @Test
    void a_bad_release_that_stays_is_no_success() {
        TrialResult result =
                new TrialResult(TrialRow.CONTROLLER_GONE, "promoted", null, 250, 6.0, null, null, 100, 900, 9000);

        assertThat(result.right()).isFalse();
        assertThat(result.say()).isEqualTo("PROMOTED, up to 100 %; 900 failed");
    }

    @Test
    void one_that_never_met_a_request_has_no_times_of_requests() {
        TrialResult result =
                new TrialResult(TrialRow.NEVER_READY, "rolled back", "NEVER_READY", 68, null, null, null, 0, 0, 3400);

        assertThat(result.say()).isEqualTo("rolled back at 68 s, no request met it; 0 failed");
    }
}
