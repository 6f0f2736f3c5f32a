package dev.vextrus.rollout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StageKindTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PENDING           | PREFLIGHT ROLLING_BACK
                    PREFLIGHT         | STAGING PAUSED REFUSED ROLLING_BACK
                    STAGING           | PREPARING PAUSED ROLLING_BACK
                    PREPARING         | SCALING PAUSED ROLLING_BACK
                    SCALING           | SHIFTING PAUSED HOLDING ROLLING_BACK
                    SHIFTING          | SMOKING PAUSED HOLDING ROLLING_BACK
                    SMOKING           | BAKING PAUSED HOLDING ROLLING_BACK
                    BAKING            | GATING SCALING COMPLETING PAUSED HOLDING ROLLING_BACK
                    GATING            | SCALING COMPLETING EXTENDED AWAITING_APPROVAL PAUSED HOLDING ROLLING_BACK
                    EXTENDED          | GATING SCALING COMPLETING AWAITING_APPROVAL PAUSED HOLDING ROLLING_BACK
                    AWAITING_APPROVAL | SCALING COMPLETING PAUSED HOLDING ROLLING_BACK
                    COMPLETING        | COMPLETED
                    ROLLING_BACK      | ROLLED_BACK REFUSED
                    ROLLED_BACK       | PENDING
                    REFUSED           | PENDING
                    """)
    void each_kind_lists_its_successors(StageKind kind, String successors) {
        Set<StageKind> expected = EnumSet.noneOf(StageKind.class);
        for (String name : successors.trim().split(" ", -1)) {
            expected.add(StageKind.valueOf(name));
        }
        assertThat(kind.successors()).isEqualTo(expected);
    }

    @Test
    void a_completed_rollout_has_no_successor() {
        assertThat(StageKind.COMPLETED.successors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(StageKind.class)
    void whatever_is_under_way_can_be_aborted_unless_it_is_winding_down(StageKind kind) {
        boolean winding = kind == StageKind.COMPLETING || kind == StageKind.ROLLING_BACK;
        assertThat(kind.commands().contains(CommandKind.ABORT)).isEqualTo(!kind.ended() && !winding);
    }

    @ParameterizedTest
    @EnumSource(StageKind.class)
    void whatever_can_be_aborted_can_go_back(StageKind kind) {
        if (kind.commands().contains(CommandKind.ABORT)) {
            assertThat(kind.successors()).contains(StageKind.ROLLING_BACK);
        }
    }
}
