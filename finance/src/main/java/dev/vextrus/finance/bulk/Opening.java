package dev.vextrus.finance.bulk;

import dev.vextrus.finance.account.OpenAccount;
import dev.vextrus.finance.command.CommandBus;
import dev.vextrus.finance.command.FinanceCommand;
import dev.vextrus.finance.command.Outcome;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.period.OpenPeriods;
import dev.vextrus.finance.tenant.ChartTemplate;
import dev.vextrus.finance.tenant.CreateTenant;
import dev.vextrus.finance.tenant.TaxRounding;
import dev.vextrus.kernel.CurrencyCode;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Makes room for the entries: the tenant, its accounts and its periods, as far as they are missing. */
final class Opening {
    /** Another import, or somebody, was faster: what was wanted is there. */
    private static final Set<Rule> THERE_ALREADY =
            EnumSet.of(Rule.TENANT_EXISTS, Rule.ACCOUNT_EXISTS, Rule.PERIOD_OPEN);

    private final CommandBus bus;
    private final BulkImport.Importer importer;
    private final ImportOptions options;
    private final CurrencyCode base;
    private final RowErrors errors;

    Opening(CommandBus bus, BulkImport.Importer importer, ImportOptions options, CurrencyCode base, RowErrors errors) {
        this.bus = bus;
        this.importer = importer;
        this.options = options;
        this.base = base;
        this.errors = errors;
    }

    /** Whether all of it is there now; if not, an error says why. */
    boolean open(KnownBooks known, Needs needs, Consumer<ImportProgress> progress) {
        if (known.baseCurrency().isEmpty() && !give("tenant", create())) {
            return false;
        }
        List<OpenAccount> accounts = needs.accounts();
        List<OpenPeriods> periods = needs.periods();
        int total = accounts.size() + periods.size();
        int done = 0;
        for (OpenPeriods run : periods) {
            if (!give("period:" + run.first(), run)) {
                return false;
            }
            progress.accept(new ImportProgress("opening", ++done, total));
        }
        for (OpenAccount account : accounts) {
            if (!give("account:" + done, account)) {
                return false;
            }
            progress.accept(new ImportProgress("opening", ++done, total));
        }
        return true;
    }

    private CreateTenant create() {
        String name =
                options.name() != null ? options.name() : importer.tenant().value();
        return new CreateTenant(
                name, base, Month.JANUARY, ZoneOffset.UTC, ChartTemplate.EMPTY, TaxRounding.PER_LINE, null, null, 0);
    }

    private boolean give(String step, FinanceCommand command) {
        return switch (bus.execute(importer.context(step), command)) {
            case Outcome.Accepted accepted -> true;
            case Outcome.Refused(Refusal refusal, boolean repeated) -> {
                if (THERE_ALREADY.contains(refusal.rule())) {
                    yield true;
                }
                errors.add(0, refusal.code(), refusal.message(), refusal.remedy());
                yield false;
            }
            case Outcome.Conflict(String stream) -> fail("too much contention on " + stream);
            case Outcome.KeyReused(String key) -> fail("the key " + key + " was used before");
        };
    }

    private boolean fail(String why) {
        errors.add(0, "CONFLICT", why, "run the import again");
        return false;
    }
}
