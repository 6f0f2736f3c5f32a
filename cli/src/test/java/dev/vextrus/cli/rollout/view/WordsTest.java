package dev.vextrus.cli.rollout.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vextrus.rollout.engine.Checks;
import dev.vextrus.rollout.engine.Contact;
import dev.vextrus.rollout.engine.Stage;
import dev.vextrus.rollout.gate.GateName;
import dev.vextrus.rollout.gate.GateStatus;
import dev.vextrus.rollout.plan.RolloutPlan;
import dev.vextrus.rollout.planfile.PlanReader;
import dev.vextrus.rollout.planfile.Reading;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final Stage LAST_STEP = new Stage.RollingBack(Stage.Winding.VERIFY);

    @Test
    void a_release_that_tells_nothing_of_its_data_is_not_said_to_have_proven_it() {
        assertThat(said(GateStatus.off("no contract"))).contains("no proof").doesNotContain("proven", "intact");
    }

    @Test
    void a_proof_that_is_yet_to_come_is_said_to_be_asked_for() {
        assertThat(said(GateStatus.passed("8 checks")))
                .contains("asked to prove")
                .doesNotContain("proven", "intact");
    }

    private static String said(GateStatus integrity) {
        Checks checks = new Checks(
                Map.of(GateName.INTEGRITY, integrity),
                Checks.NONE.decisions(),
                Checks.NONE.parity(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new Contact(false, false, null, false));
        return Words.stage(plan(), LAST_STEP, checks);
    }

    private static RolloutPlan plan() {
        return ((Reading.Valid<RolloutPlan>) PlanReader.read(Path.of("../examples/greeter/plan-better.yaml"))).value();
    }
}
