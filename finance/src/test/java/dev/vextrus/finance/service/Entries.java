package dev.vextrus.finance.service;

import java.util.List;
import java.util.Map;

/** Inputs of journal entries, and what they need. */
final class Entries {
    private Entries() {}

    /** The accounts that {@link #entry} posts to. */
    static Reply openAccounts(Client books) {
        books.change("openAccount", Map.of("code", "Bank", "name", "Bank", "type", "ASSET"));
        return books.change("openAccount", Map.of("code", "Sales", "name", "Sales", "type", "REVENUE"));
    }

    /** A sale of March 2026 in euros. */
    static Map<String, Object> entry(String debit, String credit) {
        return Map.of(
                "date",
                "2026-03-14",
                "memo",
                "a sale",
                "lines",
                List.of(
                        Map.of("account", "Bank", "amount", debit, "currency", "EUR"),
                        Map.of("account", "Sales", "amount", credit, "currency", "EUR")));
    }
}
