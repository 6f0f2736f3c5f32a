package dev.vextrus.finance.onboarding;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.AccountOpened;
import dev.vextrus.finance.account.AccountType;
import dev.vextrus.finance.account.PostingAccounts;
import dev.vextrus.finance.tenant.ChartTemplate;
import java.util.List;

/** What each {@link ChartTemplate} comes to. */
record StartingChart(PostingAccounts postingAccounts, List<AccountOpened> accounts) {

    static StartingChart of(ChartTemplate template) {
        return switch (template) {
            case STANDARD -> new StartingChart(postingAccounts("1200", "2200", "3900", "3990"), standard());
            // Names as plain-text ledgers have them, since that is where books come from that bring their own chart.
            case EMPTY ->
                new StartingChart(
                        postingAccounts(
                                "Assets:Receivable",
                                "Liabilities:Output-Tax",
                                "Equity:Retained-Earnings",
                                "Equity:Currency-Trading"),
                        List.of());
        };
    }

    private static PostingAccounts postingAccounts(
            String receivable, String outputTax, String retainedEarnings, String currencyTrading) {
        return new PostingAccounts(
                AccountCode.of(receivable),
                AccountCode.of(outputTax),
                AccountCode.of(retainedEarnings),
                AccountCode.of(currencyTrading));
    }

    private static List<AccountOpened> standard() {
        return List.of(
                account("1000", "Cash", AccountType.ASSET),
                account("1010", "Bank", AccountType.ASSET),
                account("1200", "Accounts receivable", AccountType.ASSET),
                account("1400", "Input tax", AccountType.ASSET),
                account("2000", "Accounts payable", AccountType.LIABILITY),
                account("2200", "Output tax", AccountType.LIABILITY),
                account("3000", "Equity", AccountType.EQUITY),
                account("3900", "Retained earnings", AccountType.EQUITY),
                account("3990", "Currency trading", AccountType.EQUITY),
                account("4000", "Sales", AccountType.REVENUE),
                account("5000", "Cost of sales", AccountType.EXPENSE),
                account("6000", "Expenses", AccountType.EXPENSE));
    }

    private static AccountOpened account(String code, String name, AccountType type) {
        return new AccountOpened(AccountCode.of(code), name, type, null, null);
    }
}
