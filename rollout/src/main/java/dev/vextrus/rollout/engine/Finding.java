package dev.vextrus.rollout.engine;

import dev.vextrus.rollout.observation.Answer;
import dev.vextrus.rollout.observation.Color;
import dev.vextrus.rollout.observation.DecisionDetail;
import dev.vextrus.rollout.observation.DecisionPage;
import dev.vextrus.rollout.observation.HealthReport;
import dev.vextrus.rollout.observation.IntegrityReport;
import dev.vextrus.rollout.observation.ParityPage;
import dev.vextrus.rollout.observation.ReadModelView;
import dev.vextrus.rollout.observation.ReleaseInfo;
import java.util.List;
import java.util.Map;

/** What a {@link Look} brought. */
public sealed interface Finding {

    record Releases(Answer<ReleaseInfo> stable, Answer<ReleaseInfo> canary) implements Finding {}

    record Integrity(Color color, Answer<IntegrityReport> report) implements Finding {}

    record Health(Color color, Answer<HealthReport> report) implements Finding {}

    record ReadModel(Answer<ReadModelView> view) implements Finding {}

    /** @param after the cursor that was asked with; an answer to an older cursor is dropped */
    record Parity(long after, Answer<ParityPage> stable, Answer<ParityPage> canary) implements Finding {}

    /** @param recorded what the log holds, as stable tells it */
    record Decisions(
            long after, Answer<DecisionPage> recorded, Answer<DecisionPage> byStable, Answer<DecisionPage> byCanary)
            implements Finding {}

    record DecisionDetails(List<Answer<DecisionDetail>> recorded, List<Answer<DecisionDetail>> decided)
            implements Finding {
        public DecisionDetails {
            recorded = List.copyOf(recorded);
            decided = List.copyOf(decided);
        }
    }

    record Facts(long position, String tenant, Answer<Map<String, String>> stable, Answer<Map<String, String>> canary)
            implements Finding {}
}
