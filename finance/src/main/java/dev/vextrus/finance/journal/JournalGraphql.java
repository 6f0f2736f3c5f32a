package dev.vextrus.finance.journal;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.read.AccountQueries;
import dev.vextrus.finance.account.read.AccountView;
import dev.vextrus.finance.graphql.Input;
import dev.vextrus.finance.graphql.KeyValue;
import dev.vextrus.finance.graphql.Mutations;
import dev.vextrus.finance.graphql.Pages;
import dev.vextrus.finance.graphql.ReadYourWrites;
import dev.vextrus.finance.graphql.Related;
import dev.vextrus.finance.graphql.RequestScope;
import dev.vextrus.finance.graphql.Success;
import dev.vextrus.finance.graphql.Typed;
import dev.vextrus.finance.journal.read.JournalEntryView;
import dev.vextrus.finance.journal.read.JournalFilter;
import dev.vextrus.finance.journal.read.JournalLineView;
import dev.vextrus.finance.journal.read.JournalQueries;
import dev.vextrus.finance.journal.read.JournalSort;
import dev.vextrus.finance.query.Page;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** The journal over GraphQL. */
@Controller
class JournalGraphql {
    private final JournalQueries entries;
    private final AccountQueries accounts;
    private final Mutations mutations;
    private final ReadYourWrites reads;

    JournalGraphql(JournalQueries entries, AccountQueries accounts, Mutations mutations, ReadYourWrites reads) {
        this.entries = entries;
        this.accounts = accounts;
        this.mutations = mutations;
        this.reads = reads;
    }

    /** A line, with its account still to be looked up. */
    record Line(AccountCode code, Money amount, Money baseAmount, List<KeyValue> dimensions) {}

    @QueryMapping
    @Nullable
    JournalEntryView journalEntry(DataFetchingEnvironment environment) {
        reads.await(environment);
        return find(
                environment.getGraphQlContext(),
                Input.of(environment.getArguments()).parse("id", JournalEntryId::of));
    }

    @QueryMapping
    Page<JournalEntryView> journalEntries(DataFetchingEnvironment environment) {
        reads.await(environment);
        Input arguments = Input.of(environment.getArguments());
        JournalFilter filter = arguments.has("filter") ? filter(arguments.object("filter")) : JournalFilter.ALL;
        return entries.page(
                RequestScope.of(environment.getGraphQlContext()).tenant(),
                filter,
                arguments.choice("sort", JournalSort.class),
                Pages.of(environment));
    }

    @MutationMapping
    Typed postJournalEntry(DataFetchingEnvironment environment) {
        return mutations.run(
                environment,
                "journalEntry",
                input -> new PostJournalEntry(
                        null,
                        input.value("date", LocalDate.class),
                        input.textOrEmpty("reference"),
                        input.textOrEmpty("memo"),
                        input.list("lines").stream()
                                .map(JournalGraphql::posting)
                                .toList(),
                        input.pairs("metadata")));
    }

    @MutationMapping
    Typed reverseJournalEntry(DataFetchingEnvironment environment) {
        return mutations.run(
                environment,
                "reversal",
                input -> new ReverseJournalEntry(
                        input.parse("id", JournalEntryId::of),
                        input.value("date", LocalDate.class),
                        input.textOrEmpty("memo")));
    }

    @SchemaMapping(typeName = "PostJournalEntrySuccess", field = "journalEntry")
    @Nullable
    JournalEntryView posted(Success success, GraphQLContext context) {
        reads.await(success.position());
        return find(context, JournalEntryId.of(success.id()));
    }

    @SchemaMapping(typeName = "ReverseJournalEntrySuccess", field = "journalEntry")
    @Nullable
    JournalEntryView reversed(Success success, GraphQLContext context) {
        return posted(success, context);
    }

    @SchemaMapping(typeName = "JournalEntry", field = "metadata")
    List<KeyValue> metadata(JournalEntryView entry) {
        return KeyValue.list(entry.metadata());
    }

    /** One query for the lines of all entries of an answer. */
    @BatchMapping(typeName = "JournalEntry", field = "lines")
    List<List<Line>> lines(List<JournalEntryView> views, GraphQLContext context) {
        Map<JournalEntryId, List<JournalLineView>> found = entries.lines(
                RequestScope.of(context).tenant(),
                views.stream().map(JournalEntryView::id).toList());
        return views.stream()
                .map(view -> found.getOrDefault(view.id(), List.of()).stream()
                        .map(JournalGraphql::line)
                        .toList())
                .toList();
    }

    /** One query for the accounts of all lines of all entries. */
    @BatchMapping(typeName = "JournalLine", field = "account")
    Map<Line, AccountView> accounts(List<Line> lines, GraphQLContext context) {
        return Related.of(
                lines,
                Line::code,
                codes -> accounts.find(RequestScope.of(context).tenant(), codes));
    }

    private @Nullable JournalEntryView find(GraphQLContext context, JournalEntryId id) {
        return entries.find(RequestScope.of(context).tenant(), id).orElse(null);
    }

    private static Line line(JournalLineView view) {
        Posting posting = view.posting();
        return new Line(posting.account(), posting.amount(), posting.baseAmount(), KeyValue.list(posting.dimensions()));
    }

    private static Posting posting(Input input) {
        Money amount = input.money("amount", input.value("currency", CurrencyCode.class));
        return new Posting(
                input.parse("account", AccountCode::of),
                amount,
                input.has("baseAmount") ? input.money("baseAmount") : amount,
                input.pairs("dimensions"));
    }

    private static JournalFilter filter(Input input) {
        return new JournalFilter(
                input.find("from", LocalDate.class),
                input.find("to", LocalDate.class),
                input.parseIfPresent("account", AccountCode::of),
                input.has("source") ? input.choice("source", EntrySource.Kind.class) : null,
                input.find("reference", String.class));
    }
}
