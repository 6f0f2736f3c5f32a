package dev.vextrus.finance.integrity;

import java.util.List;

/** What is looked at, each under the name that the rollout and its reports know it by. */
final class Findings {
    final Tally balanced = new Tally("debits-equal-credits");
    final Tally bounds = new Tally("allocated-within-paid-and-open");
    final Tally orphans = new Tally("no-orphans");
    final Tally gaps = new Tally("no-gaps");
    final Tally chain = new Tally("hash-chain");
    final Tally readable = new Tally("events-readable");

    List<Tally> all() {
        return List.of(balanced, bounds, orphans, gaps, chain, readable);
    }
}
