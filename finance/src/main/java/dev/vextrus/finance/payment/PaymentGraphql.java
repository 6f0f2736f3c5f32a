package dev.vextrus.finance.payment;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.graphql.Input;
import dev.vextrus.finance.graphql.Mutations;
import dev.vextrus.finance.graphql.Pages;
import dev.vextrus.finance.graphql.ReadYourWrites;
import dev.vextrus.finance.graphql.Related;
import dev.vextrus.finance.graphql.RequestScope;
import dev.vextrus.finance.graphql.Success;
import dev.vextrus.finance.graphql.Typed;
import dev.vextrus.finance.invoice.CustomerId;
import dev.vextrus.finance.invoice.InvoiceId;
import dev.vextrus.finance.invoice.read.InvoiceQueries;
import dev.vextrus.finance.invoice.read.InvoiceView;
import dev.vextrus.finance.journal.JournalEntryId;
import dev.vextrus.finance.payment.read.AllocationView;
import dev.vextrus.finance.payment.read.PaymentFilter;
import dev.vextrus.finance.payment.read.PaymentQueries;
import dev.vextrus.finance.payment.read.PaymentSort;
import dev.vextrus.finance.payment.read.PaymentStatus;
import dev.vextrus.finance.payment.read.PaymentView;
import dev.vextrus.finance.query.Page;
import dev.vextrus.kernel.CurrencyCode;
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

/** Payments over GraphQL, and what ties them to invoices. */
@Controller
class PaymentGraphql {
    private final PaymentQueries payments;
    private final InvoiceQueries invoices;
    private final Mutations mutations;
    private final ReadYourWrites reads;

    PaymentGraphql(PaymentQueries payments, InvoiceQueries invoices, Mutations mutations, ReadYourWrites reads) {
        this.payments = payments;
        this.invoices = invoices;
        this.mutations = mutations;
        this.reads = reads;
    }

    @QueryMapping
    @Nullable
    PaymentView payment(DataFetchingEnvironment environment) {
        reads.await(environment);
        return find(
                environment.getGraphQlContext(),
                Input.of(environment.getArguments()).parse("id", PaymentId::of));
    }

    @QueryMapping
    Page<PaymentView> payments(DataFetchingEnvironment environment) {
        reads.await(environment);
        Input arguments = Input.of(environment.getArguments());
        PaymentFilter filter = arguments.has("filter") ? filter(arguments.object("filter")) : PaymentFilter.ALL;
        return payments.page(
                RequestScope.of(environment.getGraphQlContext()).tenant(),
                filter,
                arguments.choice("sort", PaymentSort.class),
                Pages.of(environment));
    }

    @MutationMapping
    Typed receivePayment(DataFetchingEnvironment environment) {
        return mutations.run(environment, "payment", input -> {
            CurrencyCode currency = input.value("currency", CurrencyCode.class);
            return new ReceivePayment(
                    input.parse("customer", CustomerId::of),
                    input.value("date", LocalDate.class),
                    input.money("amount", currency),
                    input.parse("bankAccount", AccountCode::of),
                    input.textOrEmpty("reference"),
                    allocations(input, currency));
        });
    }

    @MutationMapping
    Typed allocatePayment(DataFetchingEnvironment environment) {
        return mutations.run(
                environment,
                "payment",
                input -> new AllocatePayment(
                        input.parse("id", PaymentId::of),
                        allocations(input, input.value("currency", CurrencyCode.class))));
    }

    @MutationMapping
    Typed reversePayment(DataFetchingEnvironment environment) {
        return mutations.run(
                environment,
                "payment",
                input -> new ReversePayment(
                        input.parse("id", PaymentId::of), input.value("date", LocalDate.class), input.text("reason")));
    }

    @SchemaMapping(typeName = "ReceivePaymentSuccess", field = "payment")
    @Nullable
    PaymentView received(Success success, GraphQLContext context) {
        reads.await(success.position());
        return find(context, PaymentId.of(success.id()));
    }

    @SchemaMapping(typeName = "AllocatePaymentSuccess", field = "payment")
    @Nullable
    PaymentView allocated(Success success, GraphQLContext context) {
        return received(success, context);
    }

    @SchemaMapping(typeName = "ReversePaymentSuccess", field = "payment")
    @Nullable
    PaymentView reversed(Success success, GraphQLContext context) {
        return received(success, context);
    }

    @SchemaMapping(typeName = "Payment", field = "journalEntry")
    JournalEntryId journalEntry(PaymentView payment) {
        return payment.entry();
    }

    /** One query for the allocations of all payments of an answer. */
    @BatchMapping(typeName = "Payment", field = "allocations")
    List<List<AllocationView>> allocationsOf(List<PaymentView> views, GraphQLContext context) {
        Map<PaymentId, List<AllocationView>> found = payments.allocations(
                RequestScope.of(context).tenant(),
                views.stream().map(PaymentView::id).toList());
        return views.stream()
                .map(view -> found.getOrDefault(view.id(), List.of()))
                .toList();
    }

    /** One query for what was paid towards all invoices of an answer. */
    @BatchMapping(typeName = "Invoice", field = "payments")
    List<List<AllocationView>> allocationsTo(List<InvoiceView> views, GraphQLContext context) {
        Map<InvoiceId, List<AllocationView>> found = payments.allocationsTo(
                RequestScope.of(context).tenant(),
                views.stream().map(InvoiceView::id).toList());
        return views.stream()
                .map(view -> found.getOrDefault(view.id(), List.of()))
                .toList();
    }

    @BatchMapping(typeName = "PaymentAllocation", field = "payment")
    Map<AllocationView, PaymentView> paymentsOf(List<AllocationView> allocations, GraphQLContext context) {
        return Related.of(
                allocations,
                AllocationView::payment,
                ids -> payments.find(RequestScope.of(context).tenant(), ids));
    }

    @BatchMapping(typeName = "PaymentAllocation", field = "invoice")
    Map<AllocationView, InvoiceView> invoicesOf(List<AllocationView> allocations, GraphQLContext context) {
        return Related.of(
                allocations,
                AllocationView::invoice,
                ids -> invoices.find(RequestScope.of(context).tenant(), ids));
    }

    private @Nullable PaymentView find(GraphQLContext context, PaymentId id) {
        return payments.find(RequestScope.of(context).tenant(), id).orElse(null);
    }

    private static List<Allocation> allocations(Input input, CurrencyCode currency) {
        return input.list("allocations").stream()
                .map(each -> new Allocation(each.parse("invoice", InvoiceId::of), each.money("amount", currency)))
                .toList();
    }

    private static PaymentFilter filter(Input input) {
        return new PaymentFilter(
                input.has("status") ? input.choice("status", PaymentStatus.class) : null,
                input.parseIfPresent("customer", CustomerId::of),
                input.find("from", LocalDate.class),
                input.find("to", LocalDate.class),
                input.find("withCredit", Boolean.class));
    }
}
