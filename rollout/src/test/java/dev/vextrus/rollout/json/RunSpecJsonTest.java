package dev.vextrus.rollout.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vextrus.rollout.plan.ReleaseSpec;
import dev.vextrus.rollout.plan.RunSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSpecJsonTest {
    private static final String TEMPLATE = "{\"spec\":{\"containers\":[{\"image\":\"x:1\",\"name\":\"app\"}]}}";

    @Test
    void a_release_is_read_back_as_the_kind_it_was_written() {
        RunSpec process = new RunSpec.Program(
                List.of("run"), Map.of("A", "b"), "/", "/up", RunSpec.HealthPort.PUBLIC, "/live", null);
        RunSpec pod = new RunSpec.PodTemplate(TEMPLATE, "app", "http", null);

        for (RunSpec run : List.of(process, pod)) {
            ReleaseSpec release = new ReleaseSpec("finance", "1.0.0", run, 300, Duration.ofSeconds(30));
            String json = RolloutJson.mapper().writeValueAsString(release);
            assertThat(RolloutJson.mapper().readValue(json, ReleaseSpec.class)).isEqualTo(release);
        }
    }

    @Test
    void the_hash_is_the_template_s_alone() {
        RunSpec.PodTemplate one = new RunSpec.PodTemplate(TEMPLATE, "app", "http", "management");
        RunSpec.PodTemplate renamed = new RunSpec.PodTemplate(TEMPLATE, "other", "web", null);
        RunSpec.PodTemplate other = new RunSpec.PodTemplate(TEMPLATE.replace("x:1", "x:2"), "app", "http", null);

        assertThat(one.hash()).hasSize(64).isEqualTo(renamed.hash()).isNotEqualTo(other.hash());
    }

    @Test
    void a_template_that_is_no_object_is_refused() {
        assertThatThrownBy(() -> new RunSpec.PodTemplate("spec: {}", "app", "http", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("template:");
    }
}
