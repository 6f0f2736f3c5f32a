package dev.vextrus.finance.onboarding;

import dev.vextrus.finance.account.AccountFold;
import dev.vextrus.finance.account.AccountOpened;
import dev.vextrus.finance.account.ChartFold;
import dev.vextrus.finance.account.ChartStarted;
import dev.vextrus.finance.command.Decider;
import dev.vextrus.finance.command.Decision;
import dev.vextrus.finance.command.Decision.Change;
import dev.vextrus.finance.command.Given;
import dev.vextrus.finance.command.Known;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.command.Texts;
import dev.vextrus.finance.period.PeriodDecider;
import dev.vextrus.finance.period.PeriodFold;
import dev.vextrus.finance.period.PeriodOpened;
import dev.vextrus.finance.tenant.CreateTenant;
import dev.vextrus.finance.tenant.TenantCommand;
import dev.vextrus.finance.tenant.TenantCreated;
import dev.vextrus.finance.tenant.TenantFold;
import dev.vextrus.kernel.Money;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides whether a tenant's books begin, and with what. */
public final class TenantDecider implements Decider<TenantCommand> {

    @Override
    public Class<TenantCommand> commands() {
        return TenantCommand.class;
    }

    @Override
    public List<Ref<?>> needs(TenantCommand command, Known known) {
        return List.of(TenantFold.TENANT);
    }

    @Override
    public Decision decide(TenantCommand command, Known known, Given given) {
        return switch (command) {
            case CreateTenant create -> create(create, known);
        };
    }

    private static Decision create(CreateTenant create, Known known) {
        Refusal refusal = refuse(create, known);
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        StartingChart chart = StartingChart.of(create.chart());
        List<Change> changes = new ArrayList<>();
        changes.add(Change.of(
                TenantFold.TENANT,
                new TenantCreated(
                        create.name(),
                        create.baseCurrency(),
                        create.fiscalYearStart(),
                        create.zone(),
                        create.taxRounding(),
                        create.approvalLimit())));
        changes.add(Change.of(ChartFold.CHART, new ChartStarted(chart.postingAccounts())));
        for (AccountOpened account : chart.accounts()) {
            changes.add(Change.of(AccountFold.account(account.account()), account));
        }
        YearMonth first = create.firstPeriod();
        for (int i = 0; first != null && i < create.periods(); i++) {
            YearMonth month = first.plusMonths(i);
            changes.add(Change.of(PeriodFold.period(month), new PeriodOpened(month)));
        }
        return new Decision.Accepted(changes, List.of(), Map.of("tenant", create.name()));
    }

    private static @Nullable Refusal refuse(CreateTenant create, Known known) {
        if (known.state(TenantFold.TENANT).created() != null) {
            return new Refusal(Rule.TENANT_EXISTS, "the tenant has books already", null, "use them");
        }
        Refusal name = Texts.checkPresent("name", create.name(), Texts.MAX_LINE);
        if (name != null) {
            return name;
        }
        Money limit = create.approvalLimit();
        if (limit != null && (limit.isNegative() || !limit.currency().equals(create.baseCurrency()))) {
            return new Refusal(
                    Rule.TENANT_SETTING_INVALID,
                    "the approval limit " + limit + " is not an amount of 0 or more in " + create.baseCurrency(),
                    "approvalLimit",
                    "write it in the base currency, or leave it out");
        }
        if (create.periods() < 0
                || create.periods() > PeriodDecider.MAX_MONTHS
                || (create.periods() > 0 && create.firstPeriod() == null)) {
            return new Refusal(
                    Rule.TENANT_SETTING_INVALID,
                    create.periods() + " periods cannot be opened from " + create.firstPeriod(),
                    "periods",
                    "name the first month and 1 to " + PeriodDecider.MAX_MONTHS + " months, or 0 to open none");
        }
        return null;
    }
}
