package dev.vextrus.rollout.analysis;

import java.util.List;
import java.util.OptionalLong;

/** What the evidence says of the canary at this moment. */
public sealed interface Verdict {

    VerdictNumbers numbers();

    /**
     * The canary is worse than tolerated.
     *
     * @param metric     the metric with the largest e-value
     * @param eValue     its e-value, or the first tenant's where single tenants decide
     * @param threshold  what the deciding e-value had to reach
     * @param tenants    the tenants that are harmed by themselves; empty where all together decide
     */
    record Harmful(Metric metric, double eValue, double threshold, List<String> tenants, VerdictNumbers numbers)
            implements Verdict {
        public Harmful {
            tenants = List.copyOf(tenants);
        }
    }

    /** Every metric's rate was shown to be tolerable. */
    record Safe(VerdictNumbers numbers) implements Verdict {}

    /**
     * Neither is shown yet.
     *
     * @param missing         what each metric still lacks, a sentence each
     * @param secondsToSafe   when it should be shown safe, at the present traffic and rates; empty where never
     */
    record Inconclusive(List<String> missing, OptionalLong secondsToSafe, VerdictNumbers numbers) implements Verdict {
        public Inconclusive {
            missing = List.copyOf(missing);
        }
    }
}
