package dev.vextrus.finance.tenant;

import dev.vextrus.finance.graphql.Input;
import dev.vextrus.finance.graphql.Mutations;
import dev.vextrus.finance.graphql.ReadYourWrites;
import dev.vextrus.finance.graphql.RequestScope;
import dev.vextrus.finance.graphql.Success;
import dev.vextrus.finance.graphql.Typed;
import dev.vextrus.finance.tenant.read.TenantQueries;
import dev.vextrus.finance.tenant.read.TenantView;
import dev.vextrus.kernel.CurrencyCode;
import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import java.time.DateTimeException;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** The caller's tenant over GraphQL. */
@Controller
class TenantGraphql {
    private final TenantQueries tenants;
    private final Mutations mutations;
    private final ReadYourWrites reads;

    TenantGraphql(TenantQueries tenants, Mutations mutations, ReadYourWrites reads) {
        this.tenants = tenants;
        this.mutations = mutations;
        this.reads = reads;
    }

    @QueryMapping
    @Nullable
    TenantView tenant(DataFetchingEnvironment environment) {
        reads.await(environment);
        return find(environment.getGraphQlContext());
    }

    @MutationMapping
    Typed createTenant(DataFetchingEnvironment environment) {
        return mutations.run(environment, "tenant", TenantGraphql::command);
    }

    @SchemaMapping(typeName = "CreateTenantSuccess", field = "tenant")
    @Nullable
    TenantView created(Success success, GraphQLContext context) {
        reads.await(success.position());
        return find(context);
    }

    @SchemaMapping(typeName = "Tenant", field = "id")
    String id(TenantView tenant) {
        return tenant.tenant().value();
    }

    @SchemaMapping(typeName = "Tenant", field = "fiscalYearStart")
    int fiscalYearStart(TenantView tenant) {
        return tenant.fiscalYearStart().getValue();
    }

    private @Nullable TenantView find(GraphQLContext context) {
        return tenants.find(RequestScope.of(context).tenant()).orElse(null);
    }

    private static CreateTenant command(Input input) {
        CurrencyCode base = input.value("baseCurrency", CurrencyCode.class);
        return new CreateTenant(
                input.text("name"),
                base,
                month(input),
                zone(input),
                input.choice("chart", ChartTemplate.class),
                input.choice("taxRounding", TaxRounding.class),
                input.has("approvalLimit") ? input.money("approvalLimit", base) : null,
                input.find("firstPeriod", YearMonth.class),
                input.has("firstPeriod") ? input.value("periods", Integer.class) : 0);
    }

    private static Month month(Input input) {
        int month = input.value("fiscalYearStart", Integer.class);
        if (month < 1 || month > 12) {
            throw input.invalid("fiscalYearStart", "is not a month", "write a number from 1 to 12");
        }
        return Month.of(month);
    }

    private static ZoneId zone(Input input) {
        try {
            return ZoneId.of(input.text("zone"));
        } catch (DateTimeException unknown) {
            throw input.invalid("zone", "is not a time zone", "write one such as Europe/Berlin");
        }
    }
}
