package dev.vextrus.cli.demo.traffic;

/** What the demo's callers ask for, with each one's share of the traffic. */
enum Operation {
    POST_JOURNAL_ENTRY("PostJournalEntry", 40, """
            mutation PostJournalEntry($input: PostJournalEntryInput!) {
              postJournalEntry(input: $input) {
                __typename ... on PostJournalEntrySuccess { id position } ... on Refusal { code message field }
              }
            }"""),
    DRAFT_INVOICE("DraftInvoice", 12, """
            mutation DraftInvoice($input: DraftInvoiceInput!) {
              draftInvoice(input: $input) {
                __typename ... on DraftInvoiceSuccess { id position } ... on Refusal { code message field }
              }
            }"""),
    APPROVE_INVOICE("ApproveInvoice", 10, """
            mutation ApproveInvoice($input: ApproveInvoiceInput!) {
              approveInvoice(input: $input) {
                __typename ... on ApproveInvoiceSuccess { id number position } ... on Refusal { code message field }
              }
            }"""),
    RECEIVE_PAYMENT("ReceivePayment", 8, """
            mutation ReceivePayment($input: ReceivePaymentInput!) {
              receivePayment(input: $input) {
                __typename ... on ReceivePaymentSuccess { id position } ... on Refusal { code message field }
              }
            }"""),
    TRIAL_BALANCE("TrialBalance", 22, """
            query TrialBalance {
              trialBalance { position totalDebit totalCredit lines { account { code name } balance } }
            }"""),
    RECENT_INVOICES("RecentInvoices", 8, """
            query RecentInvoices {
              invoices(first: 10) { edges { node { id number status total { amount currency } open { amount } } } }
            }""");

    private final String operationName;
    private final int percent;
    private final String document;

    Operation(String operationName, int percent, String document) {
        this.operationName = operationName;
        this.percent = percent;
        this.document = document;
    }

    String operationName() {
        return operationName;
    }

    String document() {
        return document;
    }

    boolean mutation() {
        return document.startsWith("mutation");
    }

    /** The operation that {@code point}, in [0, 100), falls on. */
    static Operation at(int point) {
        int sum = 0;
        for (Operation operation : values()) {
            sum += operation.percent;
            if (point < sum) {
                return operation;
            }
        }
        throw new IllegalArgumentException("point: " + point + " is not below 100");
    }
}
