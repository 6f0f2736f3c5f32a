package dev.vextrus.finance.account;

import dev.vextrus.finance.account.read.AccountFilter;
import dev.vextrus.finance.account.read.AccountQueries;
import dev.vextrus.finance.account.read.AccountView;
import dev.vextrus.finance.graphql.Input;
import dev.vextrus.finance.graphql.Mutations;
import dev.vextrus.finance.graphql.Pages;
import dev.vextrus.finance.graphql.ReadYourWrites;
import dev.vextrus.finance.graphql.Related;
import dev.vextrus.finance.graphql.RequestScope;
import dev.vextrus.finance.graphql.Success;
import dev.vextrus.finance.graphql.Typed;
import dev.vextrus.finance.query.Page;
import dev.vextrus.kernel.CurrencyCode;
import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** The chart of accounts over GraphQL. */
@Controller
class AccountGraphql {
    private final AccountQueries accounts;
    private final Mutations mutations;
    private final ReadYourWrites reads;

    AccountGraphql(AccountQueries accounts, Mutations mutations, ReadYourWrites reads) {
        this.accounts = accounts;
        this.mutations = mutations;
        this.reads = reads;
    }

    @QueryMapping
    @Nullable
    AccountView account(DataFetchingEnvironment environment) {
        reads.await(environment);
        AccountCode code = Input.of(environment.getArguments()).parse("code", AccountCode::of);
        return find(environment.getGraphQlContext(), code);
    }

    @QueryMapping
    Page<AccountView> accounts(DataFetchingEnvironment environment) {
        reads.await(environment);
        Input arguments = Input.of(environment.getArguments());
        AccountFilter filter = arguments.has("filter") ? filter(arguments.object("filter")) : AccountFilter.ALL;
        return accounts.page(RequestScope.of(environment.getGraphQlContext()).tenant(), filter, Pages.of(environment));
    }

    @MutationMapping
    Typed openAccount(DataFetchingEnvironment environment) {
        return mutations.run(
                environment,
                "account",
                input -> new OpenAccount(
                        input.parse("code", AccountCode::of),
                        input.text("name"),
                        input.choice("type", AccountType.class),
                        input.parseIfPresent("parent", AccountCode::of),
                        input.find("currency", CurrencyCode.class)));
    }

    @MutationMapping
    Typed deactivateAccount(DataFetchingEnvironment environment) {
        return mutations.run(
                environment, "account", input -> new DeactivateAccount(input.parse("code", AccountCode::of)));
    }

    @SchemaMapping(typeName = "OpenAccountSuccess", field = "account")
    @Nullable
    AccountView opened(Success success, GraphQLContext context) {
        return after(success, context);
    }

    @SchemaMapping(typeName = "DeactivateAccountSuccess", field = "account")
    @Nullable
    AccountView deactivated(Success success, GraphQLContext context) {
        return after(success, context);
    }

    /** One query for the parents of all accounts of an answer. */
    @BatchMapping(typeName = "Account", field = "parent")
    Map<AccountView, AccountView> parents(List<AccountView> children, GraphQLContext context) {
        return Related.of(
                children,
                AccountView::parent,
                codes -> accounts.find(RequestScope.of(context).tenant(), codes));
    }

    private @Nullable AccountView after(Success success, GraphQLContext context) {
        reads.await(success.position());
        return find(context, AccountCode.of(success.id()));
    }

    private @Nullable AccountView find(GraphQLContext context, AccountCode code) {
        return accounts.find(RequestScope.of(context).tenant(), code).orElse(null);
    }

    private static AccountFilter filter(Input input) {
        return new AccountFilter(
                input.has("type") ? input.choice("type", AccountType.class) : null,
                input.find("active", Boolean.class),
                input.parseIfPresent("parent", AccountCode::of));
    }
}
