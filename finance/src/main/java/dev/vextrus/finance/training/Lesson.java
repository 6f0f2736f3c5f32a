package dev.vextrus.finance.training;

import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What one tenant asks of the service while it is trained: every mutation and query that books are kept with. */
final class Lesson {
    private static final String CURRENCY = "EUR";
    private static final String BANK = "1010";
    private static final String SALES = "4000";
    private static final String EXPENSES = "6000";

    private static final String TRIAL_BALANCE = """
            query TrialBalance($at: Position) {
              trialBalance(atLeastPosition: $at) {
                position totalDebit totalCredit lines { account { code name } debit credit balance }
              }
            }""";
    private static final String DOCUMENTS = """
            query Documents {
              invoices(first: 10) {
                edges { node { id number status total { amount currency } open { amount } payments { amount { amount } } } }
              }
              payments(first: 10) { edges { node { id status amount { amount } allocations { invoice { id } } } } }
            }""";
    private static final String JOURNAL = """
            query Journal {
              journalEntries(first: 10) {
                edges { node { id date lines { account { code name } amount { amount currency } } } }
                pageInfo { endCursor hasNextPage }
              }
            }""";
    private static final String CHART = """
            query Chart {
              tenant { name postingAccounts { receivable } }
              accounts { edges { node { code type active } } }
              periods { edges { node { month status } } }
            }""";

    private final ServiceCalls calls;
    private final String token;
    private final LocalDate today;
    private final String tenant;

    private int asked;

    Lesson(ServiceCalls calls, String token, LocalDate today, String tenant) {
        this.calls = calls;
        this.token = token;
        this.today = today;
        this.tenant = tenant;
    }

    /** Makes the tenant. */
    void begin() throws IOException, InterruptedException {
        String firstPeriod = YearMonth.from(today).minusMonths(1).toString();
        change(
                "createTenant",
                Map.of("name", tenant, "baseCurrency", CURRENCY, "firstPeriod", firstPeriod, "periods", 3));
    }

    /** An entry, an invoice from draft to payment, and reports; now and then something is taken back. */
    void round(int number) throws IOException, InterruptedException {
        String entry = entry(number);
        String paid = approvedInvoice();
        String payment = change(
                        "receivePayment",
                        Map.of(
                                "customer",
                                "customer-1",
                                "date",
                                today.toString(),
                                "amount",
                                "30.00",
                                "currency",
                                CURRENCY,
                                "bankAccount",
                                BANK,
                                "allocations",
                                List.of(Map.of("invoice", paid, "amount", "30.00"))))
                .path("id")
                .asString();
        entry(number + 1);
        ask("TrialBalance", TRIAL_BALANCE, Map.of());
        ask("Documents", DOCUMENTS, Map.of());
        ask("Journal", JOURNAL, Map.of());
        if (number % 10 == 9) {
            ask("Chart", CHART, Map.of());
            String position = change("reverseJournalEntry", Map.of("id", entry, "date", today.toString()))
                    .path("position")
                    .asString();
            change("reversePayment", Map.of("id", payment, "date", today.toString(), "reason", "bounced"));
            change("voidInvoice", Map.of("id", approvedInvoice(), "date", today.toString(), "reason", "by mistake"));
            ask("TrialBalance", TRIAL_BALANCE, Map.of("at", position));
        }
    }

    private String entry(int number) throws IOException, InterruptedException {
        String amount = (number + 1) + ".25";
        return change(
                        "postJournalEntry",
                        Map.of(
                                "date", today.toString(),
                                "reference", "receipt " + number,
                                "lines", List.of(line(EXPENSES, amount), line(BANK, "-" + amount))))
                .path("id")
                .asString();
    }

    private static Map<String, String> line(String account, String amount) {
        return Map.of("account", account, "amount", amount, "currency", CURRENCY);
    }

    private String approvedInvoice() throws IOException, InterruptedException {
        Map<String, ?> line = Map.of(
                "description", "services",
                "quantity", "3",
                "unitPrice", "10.00",
                "revenueAccount", SALES,
                "tax", Map.of("code", "VAT19", "percent", "19"));
        String id = change(
                        "draftInvoice",
                        Map.of(
                                "customer", "customer-1",
                                "date", today.toString(),
                                "dueDate", today.plusDays(30).toString(),
                                "currency", CURRENCY,
                                "lines", List.of(line)))
                .path("id")
                .asString();
        change("approveInvoice", Map.of("id", id));
        return id;
    }

    /** @throws IOException where it is refused: nothing in this lesson should be */
    private JsonNode change(String mutation, Map<String, ?> input) throws IOException, InterruptedException {
        String type = Character.toUpperCase(mutation.charAt(0)) + mutation.substring(1);
        String document = """
                mutation %1$s($input: %1$sInput!) {
                  %2$s(input: $input) {
                    __typename ... on %1$sSuccess { id position } ... on Refusal { code message field }
                  }
                }""".formatted(type, mutation);
        JsonNode payload = ask(type, document, Map.of("input", input)).path(mutation);
        if (!payload.has("id")) {
            throw new IOException(mutation + " was refused: " + payload);
        }
        return payload;
    }

    private JsonNode ask(String operation, String document, Map<String, ?> variables)
            throws IOException, InterruptedException {
        return calls.ask(token, tenant + "-" + ++asked, operation, document, variables);
    }
}
