package dev.vextrus.finance.invoice;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.PostingAccounts;
import dev.vextrus.finance.journal.Posting;
import dev.vextrus.kernel.Money;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An approved invoice in the journal: the customer owes the total; the lines earn their net; the state gets the tax. */
final class InvoicePosting {

    private InvoicePosting() {}

    static List<Posting> of(InvoiceDrafted draft, PostingAccounts accounts) {
        Map<AccountCode, Money> credits = new LinkedHashMap<>();
        for (PricedLine priced : draft.lines()) {
            credits.merge(priced.line().revenueAccount(), priced.net(), Money::plus);
        }
        for (PricedLine priced : draft.lines()) {
            Tax tax = priced.line().tax();
            if (tax != null) {
                AccountCode liability = tax.liability() != null ? tax.liability() : accounts.outputTax();
                credits.merge(liability, priced.tax(), Money::plus);
            }
        }
        List<Posting> lines = new ArrayList<>();
        lines.add(Posting.of(accounts.receivable(), draft.total()));
        credits.forEach((account, amount) -> {
            if (!amount.isZero()) {
                lines.add(Posting.of(account, amount.negated()));
            }
        });
        return lines;
    }
}
