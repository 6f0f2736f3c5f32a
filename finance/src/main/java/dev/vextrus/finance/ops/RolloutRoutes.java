package dev.vextrus.finance.ops;

import java.util.List;

/** The calls of the release contract that this release offers ({@code docs/contracts/release-contract.md}). */
public record RolloutRoutes(List<Route> routes) {

    public RolloutRoutes {
        routes = List.copyOf(routes);
    }
}
