package dev.vextrus.rollout.observation;

import java.util.List;
import java.util.Map;

/**
 * Digests of a release's canonical facts, at fixed cuts of the log.
 *
 * @param next cursor for the following page
 */
public record ParityPage(List<Cut> cuts, long next) {

    /** @param tenants tenant to digest of its facts as of {@code position} */
    public record Cut(long position, Map<String, String> tenants) {
        public Cut {
            tenants = Map.copyOf(tenants);
        }
    }

    public ParityPage {
        cuts = List.copyOf(cuts);
    }
}
