package dev.vextrus.finance.report;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.read.AccountQueries;
import dev.vextrus.finance.account.read.AccountView;
import dev.vextrus.finance.graphql.ErrorCode;
import dev.vextrus.finance.graphql.ReadYourWrites;
import dev.vextrus.finance.graphql.Related;
import dev.vextrus.finance.graphql.RequestFailure;
import dev.vextrus.finance.graphql.RequestScope;
import dev.vextrus.finance.tenant.read.TenantQueries;
import dev.vextrus.finance.tenant.read.TenantView;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.TenantId;
import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Reports over GraphQL. */
@Controller
class ReportGraphql {
    private final TrialBalanceQuery balances;
    private final AccountQueries accounts;
    private final TenantQueries tenants;
    private final ReadYourWrites reads;

    ReportGraphql(TrialBalanceQuery balances, AccountQueries accounts, TenantQueries tenants, ReadYourWrites reads) {
        this.balances = balances;
        this.accounts = accounts;
        this.tenants = tenants;
        this.reads = reads;
    }

    /** A trial balance as the schema names its parts. */
    record Shown(
            @Nullable LocalDate asOf,
            Long position,
            CurrencyCode baseCurrency,
            List<Line> lines,
            BigDecimal totalDebit,
            BigDecimal totalCredit) {}

    /** A line, with its account still to be looked up. */
    record Line(
            AccountCode code,
            CurrencyCode currency,
            BigDecimal debit,
            BigDecimal credit,
            BigDecimal balance,
            BigDecimal baseDebit,
            BigDecimal baseCredit,
            BigDecimal baseBalance) {

        static Line of(TrialBalance.Row row) {
            return new Line(
                    row.account(),
                    row.debit().currency(),
                    row.debit().amount(),
                    row.credit().amount(),
                    row.balance().amount(),
                    row.baseDebit().amount(),
                    row.baseCredit().amount(),
                    row.baseBalance().amount());
        }
    }

    @QueryMapping
    Shown trialBalance(DataFetchingEnvironment environment) {
        Long knownAt = environment.getArgument("knownAt");
        reads.await(environment);
        reads.await(knownAt);
        TenantId tenant = RequestScope.of(environment.getGraphQlContext()).tenant();
        CurrencyCode base = tenants.find(tenant)
                .map(TenantView::baseCurrency)
                .orElseThrow(() ->
                        new RequestFailure(ErrorCode.TENANT_UNKNOWN, "The tenant " + tenant + " has no books yet."));
        TrialBalance balance = read(tenant, environment.getArgument("asOf"), knownAt);
        TrialBalance.Total total = balance.baseTotal();
        BigDecimal zero = BigDecimal.valueOf(0, base.minorUnits());
        return new Shown(
                balance.asOf(),
                balance.position(),
                base,
                balance.rows().stream().map(Line::of).toList(),
                total == null ? zero : total.debit().amount(),
                total == null ? zero : total.credit().amount());
    }

    /** One query for the accounts of all lines. */
    @BatchMapping(typeName = "TrialBalanceLine", field = "account")
    Map<Line, AccountView> accounts(List<Line> lines, GraphQLContext context) {
        return Related.of(
                lines,
                Line::code,
                codes -> accounts.find(RequestScope.of(context).tenant(), codes));
    }

    private TrialBalance read(TenantId tenant, @Nullable LocalDate asOf, @Nullable Long knownAt) {
        if (knownAt != null) {
            return balances.knownAt(tenant, asOf, knownAt);
        }
        return asOf == null ? balances.now(tenant) : balances.asOf(tenant, asOf);
    }
}
