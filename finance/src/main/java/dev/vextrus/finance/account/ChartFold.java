package dev.vextrus.finance.account;

import dev.vextrus.finance.command.FinanceEvent;
import dev.vextrus.finance.command.Fold;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import org.jspecify.annotations.Nullable;

/** The chart of accounts as a whole. */
public final class ChartFold implements Fold<ChartFold.Chart> {
    public static final Ref<Chart> CHART = new ChartFold().of("chart");

    /** @param postingAccounts null until the tenant is created */
    public record Chart(@Nullable PostingAccounts postingAccounts) {

        /** A refusal where there is no such tenant yet. */
        public @Nullable Refusal refuseIfMissing() {
            return postingAccounts != null
                    ? null
                    : new Refusal(Rule.TENANT_UNKNOWN, "the tenant has no books yet", null, "create the tenant first");
        }

        /** @throws IllegalStateException if the tenant was not created, which a decider must have refused before */
        public PostingAccounts accounts() {
            if (postingAccounts == null) {
                throw new IllegalStateException("chart: asked for its posting accounts before it was started");
            }
            return postingAccounts;
        }
    }

    @Override
    public String category() {
        return "chart";
    }

    @Override
    public String version() {
        return "chart-1";
    }

    @Override
    public Class<Chart> stateType() {
        return Chart.class;
    }

    @Override
    public Chart initial() {
        return new Chart(null);
    }

    @Override
    public Chart evolve(Chart state, FinanceEvent event) {
        if (event instanceof ChartStarted(PostingAccounts accounts) && state.postingAccounts() == null) {
            return new Chart(accounts);
        }
        throw new IllegalStateException("chart: " + event + " cannot follow " + state);
    }
}
