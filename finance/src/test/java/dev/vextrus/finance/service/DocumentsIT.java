package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DocumentsIT {
    @AutoClose
    private static final RunningService service = RunningService.start();

    private static final String INVOICE = "query($id: ID!, $at: Position) { invoice(id: $id, atLeastPosition: $at) {"
            + " number status total { amount currency } open { amount }"
            + " lines { description net { amount } taxAmount { amount } tax { code percent } }"
            + " payments { amount { amount } payment { id unallocated { amount } } } } }";

    @Test
    void an_invoice_is_drafted_approved_paid_in_parts_and_then_paid() {
        Client ann = service.freshBooks();
        Entries.openAccounts(ann);
        Reply drafted = ann.change("draftInvoice", draft());
        String id = drafted.data("/draftInvoice/id");
        Reply approved = ann.change("approveInvoice", Map.of("id", id));
        assertThat(approved.data("/approveInvoice/number")).isEqualTo("1");
        Reply part = pay(ann, id, "100.00");
        Reply shown = show(ann, id, part.data("/receivePayment/position"));

        assertThat(shown.data("/invoice/number")).isEqualTo("1");
        assertThat(shown.data("/invoice/status")).isEqualTo("PARTLY_PAID");
        assertThat(shown.data("/invoice/total/amount")).isEqualTo("238.00");
        assertThat(shown.data("/invoice/open/amount")).isEqualTo("138.00");
        assertThat(shown.data("/invoice/lines/0/net/amount")).isEqualTo("200.00");
        assertThat(shown.data("/invoice/lines/0/taxAmount/amount")).isEqualTo("38.00");
        assertThat(shown.data("/invoice/payments/0/payment/id")).isEqualTo(part.data("/receivePayment/id"));

        Reply rest = pay(ann, id, "138.00");
        assertThat(show(ann, id, rest.data("/receivePayment/position")).data("/invoice/status"))
                .isEqualTo("PAID");
        Reply more = pay(ann, id, "0.01");
        assertThat(more.data("/receivePayment/code")).isEqualTo("ALLOCATED_OVER_OPEN");
        assertThat(more.data("/receivePayment/field")).isEqualTo("allocations[0].amount");
    }

    @Test
    void a_mutation_shows_what_it_made_in_the_same_answer() {
        Client ann = service.freshBooks();
        ann.change("openAccount", Map.of("code", "Sales", "name", "Sales", "type", "REVENUE"));
        Reply drafted = ann.ask(
                "mutation D($input: DraftInvoiceInput!) { draftInvoice(input: $input) { ... on DraftInvoiceSuccess {"
                        + " id invoice { id status author } } } }",
                Map.of("input", keyed(draft(), "d-1")));
        assertThat(drafted.data("/draftInvoice/invoice/id")).isEqualTo(drafted.data("/draftInvoice/id"));
        assertThat(drafted.data("/draftInvoice/invoice/status")).isEqualTo("DRAFT");
        assertThat(drafted.data("/draftInvoice/invoice/author")).isEqualTo("ann");
    }

    @Test
    void a_list_is_paged_to_its_end_without_a_gap_or_a_repeat() {
        Client ann = service.freshBooks();
        Reply last = ann.ask("{ accounts(first: 500) { edges { node { code } } pageInfo { hasNextPage } } }");
        String query = "query($after: String) { accounts(first: 3, after: $after) {"
                + " edges { node { code } cursor } pageInfo { hasNextPage endCursor } } }";
        StringBuilder paged = new StringBuilder();
        Reply page = ann.ask(query);
        collect(page, paged);
        while (page.data("/accounts/pageInfo/hasNextPage").equals("true")) {
            page = ann.ask(query, Map.of("after", page.data("/accounts/pageInfo/endCursor")));
            collect(page, paged);
        }
        StringBuilder whole = new StringBuilder();
        collect(last, whole);
        assertThat(whole.toString()).isNotEmpty();
        assertThat(paged.toString()).isEqualTo(whole.toString());
    }

    private static void collect(Reply page, StringBuilder codes) {
        page.node("/accounts/edges")
                .forEach(edge -> codes.append(edge.at("/node/code").asString()).append(' '));
    }

    private static Reply pay(Client client, String invoice, String amount) {
        return client.change(
                "receivePayment",
                Map.of(
                        "customer", "c-1",
                        "date", "2026-04-02",
                        "amount", amount,
                        "currency", "EUR",
                        "bankAccount", "Bank",
                        "allocations", List.of(Map.of("invoice", invoice, "amount", amount))));
    }

    private static Reply show(Client client, String id, String position) {
        return client.ask(INVOICE, Map.of("id", id, "at", position));
    }

    private static Map<String, Object> draft() {
        return Map.of(
                "customer", "c-1",
                "date", "2026-04-01",
                "dueDate", "2026-04-30",
                "currency", "EUR",
                "lines",
                        List.of(Map.of(
                                "description", "consulting",
                                "quantity", "2",
                                "unitPrice", "100",
                                "tax", Map.of("code", "VAT19", "percent", "19"),
                                "revenueAccount", "Sales")));
    }

    private static Map<String, Object> keyed(Map<String, Object> input, String key) {
        Map<String, Object> keyed = new java.util.LinkedHashMap<>(input);
        keyed.put("idempotencyKey", key);
        return keyed;
    }
}
