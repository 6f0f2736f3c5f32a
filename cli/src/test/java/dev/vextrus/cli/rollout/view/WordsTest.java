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

    @Test
    void a_release_that_keeps_no_books_is_not_said_to_build_a_read_model() {
        GateStatus off = GateStatus.off("no contract");
        assertThat(preparing(Map.of(GateName.READ_MODEL, off, GateName.DECISION_PARITY, off)))
                .isEqualTo("looking at what the new release tells of itself, without traffic");
        assertThat(preparing(Map.of())).doesNotContain("read model", "deciding");
    }

    @Test
    void a_release_that_keeps_books_is_said_to_do_what_it_is_known_to_do() {
        GateStatus waiting = GateStatus.waiting("at 5 of 10");
        assertThat(preparing(Map.of(GateName.READ_MODEL, waiting, GateName.DECISION_PARITY, waiting)))
                .isEqualTo("building its read model and deciding recorded commands again, without traffic");
        assertThat(preparing(Map.of(GateName.READ_MODEL, waiting)))
                .isEqualTo("building its read model, without traffic");
    }

    private static String preparing(Map<GateName, GateStatus> gates) {
        return Words.stage(plan(), new Stage.Preparing(), checks(gates));
    }

    private static String said(GateStatus integrity) {
        return Words.stage(plan(), LAST_STEP, checks(Map.of(GateName.INTEGRITY, integrity)));
    }

    private static Checks checks(Map<GateName, GateStatus> gates) {
        return new Checks(
                gates,
                Checks.NONE.decisions(),
                Checks.NONE.parity(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new Contact(false, false, null, false),
                Checks.NONE.witness(),
                null);
    }

    private static RolloutPlan plan() {
        return ((Reading.Valid<RolloutPlan>) PlanReader.read(Path.of("../examples/greeter/plan-better.yaml"))).value();
    }
}
