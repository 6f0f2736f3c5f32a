package dev.vextrus.rollout.plan;

import java.util.List;

/**
 * Who meets the canary first.
 *
 * @param mode whether whole tenants move, or single requests are drawn by chance
 * @param first tenants that move before all others, in this order
 * @param last tenants that move after all others
 */
public record CohortRules(Mode mode, List<String> first, List<String> last) {

    /** The unit that moves. */
    public enum Mode {
        TENANT,
        REQUEST,
        /**
         * Connections are drawn, and the requests of one stay together: shares come out only roughly as they are routed, so
         * that a difference is no sign of a broken router.
         */
        CONNECTION
    }

    public static final CohortRules DEFAULTS = new CohortRules(Mode.TENANT, List.of(), List.of());

    public CohortRules {
        first = List.copyOf(first);
        last = List.copyOf(last);
    }
}
