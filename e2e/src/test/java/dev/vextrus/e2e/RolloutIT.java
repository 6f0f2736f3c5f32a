package dev.vextrus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rollout's verbs on a plan that is not ours. */
class RolloutIT {
    @TempDir
    private Path folder;

    @Test
    void the_example_plans_are_valid() {
        for (String plan : new String[] {"plan-better.yaml", "plan-worse.yaml"}) {
            FrontDoor.Ended ended =
                    FrontDoor.from(folder).run("rollout", "check", example(plan).toString());
            assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        }
    }

    @Test
    void a_typo_in_a_plan_is_named_by_line_field_and_remedy() throws IOException {
        String text = Files.readString(example("plan-better.yaml"))
                .replace("stable: ", "stable: " + example("") + "/")
                .replace("canary: ", "canary: " + example("") + "/")
                .replaceFirst("bake: 48h", "bak: 48h");
        Path plan = Files.writeString(folder.resolve("plan.yaml"), text);

        FrontDoor.Ended ended = FrontDoor.from(folder).run("rollout", "check", plan.toString());

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.out()).contains("plan.yaml:16:", "spec.phases[0].bak", "did you mean bake?");
    }

    @Test
    void a_rollout_that_never_began_says_how_to_begin_it() {
        FrontDoor.Ended ended = FrontDoor.from(folder)
                .run("rollout", "watch", example("plan-better.yaml").toString(), "--json");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.json().path("error").path("code").asString()).isEqualTo("NO_ROLLOUT");
    }

    private static Path example(String name) {
        return FrontDoor.repository().resolve("examples/greeter").resolve(name);
    }
}
