package dev.vextrus.rollout.port;

import dev.vextrus.rollout.observation.Answer;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.DecisionDetail;
import dev.vextrus.rollout.observation.DecisionPage;
import dev.vextrus.rollout.observation.HealthReport;
import dev.vextrus.rollout.observation.IntegrityReport;
import dev.vextrus.rollout.observation.ParityPage;
import dev.vextrus.rollout.observation.ReadModelView;
import dev.vextrus.rollout.observation.ReleaseInfo;
import java.util.Map;

/**
 * Asks a release for the parts of {@code docs/contracts/release-contract.md}. Any instance of the colour may answer,
 * ready or not. No call throws: a release that does not answer is {@link Answer.Unavailable}.
 */
public interface ReleaseProbe {

    /** Which of a command's two outcomes is meant. */
    enum Mode {
        /** What the log holds. */
        RECORDED,
        /** What this release decides today from what was recorded; nothing is written. */
        DECIDED
    }

    Answer<ReleaseInfo> release(Color color);

    Answer<IntegrityReport> integrity(Color color);

    /** Of what it leans on, whether it has traffic or not. */
    Answer<HealthReport> health(Color color);

    Answer<ReadModelView> readModel(Color color);

    Answer<ParityPage> parity(Color color, long after, int limit);

    /** The newest canonical facts of one tenant, by name. */
    Answer<Map<String, String>> facts(Color color, long position, String tenant);

    Answer<DecisionPage> decisions(Color color, long after, int limit, Mode mode);

    Answer<DecisionDetail> decision(Color color, long sequence, Mode mode);
}
