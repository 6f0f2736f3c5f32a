package dev.vextrus.finance.invoice;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.graphql.Input;
import dev.vextrus.finance.graphql.Mutations;
import dev.vextrus.finance.graphql.Pages;
import dev.vextrus.finance.graphql.ReadYourWrites;
import dev.vextrus.finance.graphql.RequestScope;
import dev.vextrus.finance.graphql.Success;
import dev.vextrus.finance.graphql.Typed;
import dev.vextrus.finance.invoice.read.InvoiceFilter;
import dev.vextrus.finance.invoice.read.InvoiceQueries;
import dev.vextrus.finance.invoice.read.InvoiceSort;
import dev.vextrus.finance.invoice.read.InvoiceStatus;
import dev.vextrus.finance.invoice.read.InvoiceView;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.query.Page;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Invoices over GraphQL. */
@Controller
class InvoiceGraphql {
    private final InvoiceQueries invoices;
    private final Mutations mutations;
    private final ReadYourWrites reads;

    InvoiceGraphql(InvoiceQueries invoices, Mutations mutations, ReadYourWrites reads) {
        this.invoices = invoices;
        this.mutations = mutations;
        this.reads = reads;
    }

    /** A line as the schema names its parts. */
    record Line(
            String description,
            BigDecimal quantity,
            BigDecimal unitPrice,
            BigDecimal discountPercent,
            @Nullable Tax tax,
            AccountCode revenueAccount,
            Money net,
            Money taxAmount) {}

    @QueryMapping
    @Nullable
    InvoiceView invoice(DataFetchingEnvironment environment) {
        reads.await(environment);
        return find(
                environment.getGraphQlContext(),
                Input.of(environment.getArguments()).parse("id", InvoiceId::of));
    }

    @QueryMapping
    Page<InvoiceView> invoices(DataFetchingEnvironment environment) {
        reads.await(environment);
        Input arguments = Input.of(environment.getArguments());
        InvoiceFilter filter = arguments.has("filter") ? filter(arguments.object("filter")) : InvoiceFilter.ALL;
        return invoices.page(
                RequestScope.of(environment.getGraphQlContext()).tenant(),
                filter,
                arguments.choice("sort", InvoiceSort.class),
                Pages.of(environment));
    }

    @MutationMapping
    Typed draftInvoice(DataFetchingEnvironment environment) {
        return mutations.run(
                environment,
                "invoice",
                input -> new DraftInvoice(
                        input.parse("customer", CustomerId::of),
                        input.value("date", LocalDate.class),
                        input.value("dueDate", LocalDate.class),
                        input.value("currency", CurrencyCode.class),
                        input.textOrEmpty("reference"),
                        input.list("lines").stream().map(InvoiceGraphql::line).toList()));
    }

    @MutationMapping
    Typed approveInvoice(DataFetchingEnvironment environment) {
        return mutations.run(environment, "invoice", input -> new ApproveInvoice(input.parse("id", InvoiceId::of)));
    }

    @MutationMapping
    Typed voidInvoice(DataFetchingEnvironment environment) {
        return mutations.run(
                environment,
                "invoice",
                input -> new VoidInvoice(
                        input.parse("id", InvoiceId::of), input.value("date", LocalDate.class), input.text("reason")));
    }

    @SchemaMapping(typeName = "DraftInvoiceSuccess", field = "invoice")
    @Nullable
    InvoiceView drafted(Success success, GraphQLContext context) {
        reads.await(success.position());
        return find(context, InvoiceId.of(success.id()));
    }

    @SchemaMapping(typeName = "ApproveInvoiceSuccess", field = "invoice")
    @Nullable
    InvoiceView approved(Success success, GraphQLContext context) {
        return drafted(success, context);
    }

    @SchemaMapping(typeName = "VoidInvoiceSuccess", field = "invoice")
    @Nullable
    InvoiceView voided(Success success, GraphQLContext context) {
        return drafted(success, context);
    }

    @SchemaMapping(typeName = "Invoice", field = "number")
    @Nullable
    String number(InvoiceView invoice) {
        return invoice.number().isPresent() ? String.valueOf(invoice.number().getAsLong()) : null;
    }

    @SchemaMapping(typeName = "Invoice", field = "journalEntry")
    @Nullable
    JournalEntryId journalEntry(InvoiceView invoice) {
        return invoice.entry();
    }

    /** One query for the lines of all invoices of an answer. */
    @BatchMapping(typeName = "Invoice", field = "lines")
    List<List<Line>> lines(List<InvoiceView> views, GraphQLContext context) {
        Map<InvoiceId, List<PricedLine>> found = invoices.lines(
                RequestScope.of(context).tenant(),
                views.stream().map(InvoiceView::id).toList());
        return views.stream()
                .map(view -> found.getOrDefault(view.id(), List.of()).stream()
                        .map(InvoiceGraphql::shown)
                        .toList())
                .toList();
    }

    private @Nullable InvoiceView find(GraphQLContext context, InvoiceId id) {
        return invoices.find(RequestScope.of(context).tenant(), id).orElse(null);
    }

    private static Line shown(PricedLine priced) {
        InvoiceLine line = priced.line();
        return new Line(
                line.description(),
                line.quantity(),
                line.unitPrice(),
                line.discountPercent(),
                line.tax(),
                line.revenueAccount(),
                priced.net(),
                priced.tax());
    }

    private static InvoiceLine line(Input input) {
        return new InvoiceLine(
                input.text("description"),
                input.value("quantity", BigDecimal.class),
                input.value("unitPrice", BigDecimal.class),
                input.value("discountPercent", BigDecimal.class),
                input.has("tax") ? tax(input.object("tax")) : null,
                input.parse("revenueAccount", AccountCode::of));
    }

    private static Tax tax(Input input) {
        return new Tax(
                input.text("code"),
                input.value("percent", BigDecimal.class),
                input.value("inclusive", Boolean.class),
                input.parseIfPresent("liability", AccountCode::of));
    }

    private static InvoiceFilter filter(Input input) {
        return new InvoiceFilter(
                input.has("status") ? input.choice("status", InvoiceStatus.class) : null,
                input.parseIfPresent("customer", CustomerId::of),
                input.find("from", LocalDate.class),
                input.find("to", LocalDate.class),
                input.find("dueBefore", LocalDate.class),
                input.parseIfPresent("number", Long::valueOf));
    }
}
