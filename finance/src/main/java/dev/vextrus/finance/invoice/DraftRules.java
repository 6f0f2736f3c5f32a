package dev.vextrus.finance.invoice;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.AccountFold;
import dev.vextrus.finance.account.AccountType;
import dev.vextrus.finance.command.Known;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.command.Texts;
import dev.vextrus.finance.tenant.TenantFold;
import dev.vextrus.kernel.CurrencyCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a draft must satisfy before it is priced. */
final class DraftRules {
    private static final int MAX_LINES = 500;
    private static final int MAX_DECIMALS = 6;
    private static final int MAX_DIGITS = 15;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private DraftRules() {}

    static List<Ref<?>> needs(DraftInvoice draft) {
        List<Ref<?>> needs = new ArrayList<>();
        needs.add(TenantFold.TENANT);
        for (InvoiceLine line : draft.lines()) {
            needs.add(AccountFold.account(line.revenueAccount()));
            AccountCode liability = line.tax() == null ? null : line.tax().liability();
            if (liability != null) {
                needs.add(AccountFold.account(liability));
            }
        }
        return needs;
    }

    static @Nullable Refusal refuse(DraftInvoice draft, Known known) {
        CurrencyCode base = known.state(TenantFold.TENANT).baseCurrency();
        if (!draft.currency().equals(base)) {
            return new Refusal(
                    Rule.INVOICE_CURRENCY_NOT_BASE,
                    "invoices are in the base currency " + base + ", not in " + draft.currency(),
                    "currency",
                    "convert the prices to " + base);
        }
        if (draft.dueDate().isBefore(draft.date())) {
            return new Refusal(
                    Rule.INVOICE_DUE_BEFORE_DATE,
                    "due on " + draft.dueDate() + ", before its date " + draft.date(),
                    "dueDate",
                    "name the date or a later day");
        }
        if (draft.lines().isEmpty() || draft.lines().size() > MAX_LINES) {
            return lineInvalid("lines", draft.lines().size() + " lines", "write 1 to " + MAX_LINES + " lines");
        }
        Refusal refusal = Texts.check("reference", draft.reference(), Texts.MAX_LINE);
        for (int i = 0; refusal == null && i < draft.lines().size(); i++) {
            refusal = refuseLine(draft.lines().get(i), "lines[" + i + "]", base, known);
        }
        return refusal;
    }

    private static @Nullable Refusal refuseLine(InvoiceLine line, String field, CurrencyCode base, Known known) {
        if (line.quantity().signum() <= 0 || tooLong(line.quantity())) {
            return lineInvalid(field + ".quantity", "the quantity " + line.quantity(), "write a number above 0");
        }
        if (tooLong(line.unitPrice())) {
            return lineInvalid(
                    field + ".unitPrice",
                    "the unit price " + line.unitPrice(),
                    "write at most " + MAX_DECIMALS + " decimals");
        }
        if (!isPercent(line.discountPercent())) {
            return lineInvalid(
                    field + ".discountPercent", "the discount " + line.discountPercent() + " %", "write 0 to 100");
        }
        Refusal refusal = Texts.checkPresent(field + ".description", line.description(), Texts.MAX_MEMO);
        if (refusal == null) {
            refusal = refuseAccount(line.revenueAccount(), AccountType.REVENUE, field + ".revenueAccount", base, known);
        }
        return refusal != null || line.tax() == null ? refusal : refuseTax(line.tax(), field + ".tax", base, known);
    }

    private static @Nullable Refusal refuseTax(Tax tax, String field, CurrencyCode base, Known known) {
        if (!isPercent(tax.percent())) {
            return new Refusal(
                    Rule.INVOICE_TAX_INVALID,
                    "the tax " + tax.code() + " is " + tax.percent() + " %",
                    field + ".percent",
                    "write 0 to 100, with at most " + MAX_DECIMALS + " decimals");
        }
        Refusal code = Texts.checkPresent(field + ".code", tax.code(), 20);
        return code != null || tax.liability() == null
                ? code
                : refuseAccount(tax.liability(), AccountType.LIABILITY, field + ".liability", base, known);
    }

    private static @Nullable Refusal refuseAccount(
            AccountCode code, AccountType type, String field, CurrencyCode base, Known known) {
        var account = known.state(AccountFold.account(code));
        Refusal refusal = account.refuseUnless(type, code, field);
        return refusal != null ? refusal : account.refusePosting(code, base, field);
    }

    private static boolean isPercent(BigDecimal percent) {
        return percent.signum() >= 0 && percent.compareTo(HUNDRED) <= 0 && !tooLong(percent);
    }

    // Bounded before anything is computed: a number such as 1e999999999 would otherwise take all memory.
    private static boolean tooLong(BigDecimal number) {
        return number.scale() > MAX_DECIMALS || number.scale() < 0 || number.precision() > MAX_DIGITS + MAX_DECIMALS;
    }

    private static Refusal lineInvalid(String field, String what, String remedy) {
        return new Refusal(Rule.INVOICE_LINES_INVALID, what + " cannot be invoiced", field, remedy);
    }
}
