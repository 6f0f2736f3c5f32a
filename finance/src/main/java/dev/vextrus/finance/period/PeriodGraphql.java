package dev.vextrus.finance.period;

import dev.vextrus.finance.graphql.Mutations;
import dev.vextrus.finance.graphql.Pages;
import dev.vextrus.finance.graphql.ReadYourWrites;
import dev.vextrus.finance.graphql.RequestScope;
import dev.vextrus.finance.graphql.Typed;
import dev.vextrus.finance.period.read.PeriodQueries;
import dev.vextrus.finance.period.read.PeriodStatus;
import dev.vextrus.finance.period.read.PeriodView;
import dev.vextrus.finance.query.Page;
import graphql.schema.DataFetchingEnvironment;
import java.time.YearMonth;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Accounting periods over GraphQL. */
@Controller
class PeriodGraphql {
    private final PeriodQueries periods;
    private final Mutations mutations;
    private final ReadYourWrites reads;

    PeriodGraphql(PeriodQueries periods, Mutations mutations, ReadYourWrites reads) {
        this.periods = periods;
        this.mutations = mutations;
        this.reads = reads;
    }

    @QueryMapping
    Page<PeriodView> periods(DataFetchingEnvironment environment) {
        reads.await(environment);
        String status = environment.getArgument("status");
        return periods.page(
                RequestScope.of(environment.getGraphQlContext()).tenant(),
                status == null ? null : PeriodStatus.valueOf(status),
                Pages.of(environment));
    }

    @SchemaMapping(typeName = "Period", field = "month")
    YearMonth month(PeriodView period) {
        return period.period();
    }

    @MutationMapping
    Typed openPeriods(DataFetchingEnvironment environment) {
        return mutations.run(environment, "period", input -> {
            YearMonth first = input.value("first", YearMonth.class);
            YearMonth last = input.find("last", YearMonth.class);
            return new OpenPeriods(first, last == null ? first : last);
        });
    }

    @MutationMapping
    Typed closePeriod(DataFetchingEnvironment environment) {
        return mutations.run(environment, "period", input -> new ClosePeriod(input.value("month", YearMonth.class)));
    }

    @MutationMapping
    Typed reopenPeriod(DataFetchingEnvironment environment) {
        return mutations.run(
                environment,
                "period",
                input -> new ReopenPeriod(input.value("month", YearMonth.class), input.text("reason")));
    }
}
