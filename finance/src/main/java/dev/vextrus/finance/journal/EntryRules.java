package dev.vextrus.finance.journal;

import dev.vextrus.finance.account.AccountCode;
import dev.vextrus.finance.account.AccountFold;
import dev.vextrus.finance.account.ChartFold;
import dev.vextrus.finance.command.Known;
import dev.vextrus.finance.command.Ref;
import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.period.PeriodFold;
import dev.vextrus.finance.tenant.TenantFold;
import dev.vextrus.kernel.CurrencyCode;
import dev.vextrus.kernel.Money;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What every entry must satisfy, whoever posts it: an accountant, an invoice, a payment or an import. */
public final class EntryRules {
    public static final int MAX_LINES = 1000;

    private EntryRules() {}

    /** The streams that posting these lines on that day takes. */
    public static List<Ref<?>> needs(LocalDate date, List<Posting> lines) {
        Set<Ref<?>> needs = new LinkedHashSet<>();
        needs.add(TenantFold.TENANT);
        needs.add(PeriodFold.of(date));
        lines.forEach(line -> needs.add(AccountFold.account(line.account())));
        return List.copyOf(needs);
    }

    /** What must not have moved when the entry commits: its period and its accounts. */
    public static List<Ref<?>> guards(LocalDate date, List<Posting> lines) {
        return needs(date, lines).stream()
                .filter(stream -> !stream.equals(TenantFold.TENANT))
                .toList();
    }

    /** Why the entry cannot be posted, or null. The chart and the tenant must exist. */
    public static @Nullable Refusal refuse(LocalDate date, List<Posting> lines, Known known) {
        if (lines.size() < 2) {
            return new Refusal(
                    Rule.ENTRY_TOO_FEW_LINES,
                    "an entry has at least two lines, this has " + lines.size(),
                    "lines",
                    "name the account that the amount comes from and the one it goes to");
        }
        if (lines.size() > MAX_LINES) {
            return new Refusal(
                    Rule.ENTRY_TOO_MANY_LINES,
                    "an entry has at most " + MAX_LINES + " lines, this has " + lines.size(),
                    "lines",
                    "split it into entries that balance");
        }
        Refusal period = known.state(PeriodFold.of(date)).refusePosting(YearMonth.from(date), "date");
        if (period != null) {
            return period;
        }
        CurrencyCode base = known.state(TenantFold.TENANT).baseCurrency();
        for (int i = 0; i < lines.size(); i++) {
            Refusal line = refuseLine(lines.get(i), "lines[" + i + "]", base, known);
            if (line != null) {
                return line;
            }
        }
        return refuseUnbalanced(lines, base);
    }

    private static @Nullable Refusal refuseLine(Posting line, String field, CurrencyCode base, Known known) {
        Refusal wrong = refuseBaseAmount(line.amount(), line.baseAmount(), field, base);
        return wrong != null
                ? wrong
                : known.state(AccountFold.account(line.account()))
                        .refusePosting(line.account(), line.amount().currency(), field + ".account");
    }

    private static @Nullable Refusal refuseBaseAmount(Money amount, Money baseAmount, String field, CurrencyCode base) {
        if (baseAmount.currency().equals(base)) {
            boolean agrees = amount.currency().equals(base)
                    ? amount.equals(baseAmount)
                    : Long.signum(amount.minorUnits()) * Long.signum(baseAmount.minorUnits()) >= 0;
            return agrees
                    ? null
                    : new Refusal(
                            Rule.ENTRY_BASE_AMOUNT_WRONG,
                            "the base amount " + baseAmount + " contradicts the amount " + amount,
                            field + ".baseAmount",
                            "in the base currency leave it out; in another one keep the sign");
        }
        if (baseAmount.equals(amount)) {
            // It was left out, or might as well have been: what was sent is the line's own currency.
            return new Refusal(
                    Rule.ENTRY_BASE_AMOUNT_WRONG,
                    "the line has " + amount + ", and does not say how much that is in " + base
                            + ", in which the books are kept",
                    field + ".currency",
                    "add the line's baseAmount, in " + base);
        }
        return new Refusal(
                Rule.ENTRY_BASE_AMOUNT_WRONG,
                "the base amount " + baseAmount + " is not in the base currency " + base,
                field + ".baseAmount",
                "convert it to " + base);
    }

    /**
     * Why an entry that a person posts cannot have these lines, or null: a line that moves nothing is a slip. What moves in
     * one of the two currencies alone, as a revaluation does, moves something. An import keeps what another book has,
     * lines of zero too.
     */
    static @Nullable Refusal refuseZeroLines(List<Posting> lines) {
        for (int i = 0; i < lines.size(); i++) {
            Posting line = lines.get(i);
            if (line.amount().isZero() && line.baseAmount().isZero()) {
                return new Refusal(
                        Rule.ENTRY_LINE_ZERO,
                        "the line on account " + line.account() + " has the amount " + line.amount(),
                        "lines[" + i + "].amount",
                        "leave the line out, or give its amount");
            }
        }
        return null;
    }

    private static @Nullable Refusal refuseUnbalanced(List<Posting> lines, CurrencyCode base) {
        Money total = Money.zero(base);
        for (Posting line : lines) {
            total = total.plus(line.baseAmount());
        }
        if (!total.isZero()) {
            return new Refusal(
                    Rule.ENTRY_UNBALANCED,
                    total.minorUnits() > 0
                            ? "debits exceed credits by " + total
                            : "credits exceed debits by " + total.negated(),
                    "lines",
                    "make the lines' base amounts add up to zero (debits are positive, credits negative)");
        }
        for (Money sum : sums(lines).values()) {
            if (!sum.isZero()) {
                return new Refusal(
                        Rule.ENTRY_CURRENCY_UNBALANCED,
                        "the lines in " + sum.currency() + " add up to " + sum,
                        "lines",
                        "balance each currency, or open the tenant's currency-trading account to balance through it");
            }
        }
        return null;
    }

    /**
     * The lines, with those on the currency-trading account that make each currency balance by itself, where there are
     * several currencies and that account is in use; the lines alone otherwise.
     *
     * <p>Exchanging 100 EUR for 110 USD leaves 110 USD debited and 100 EUR credited; the trading account takes the
     * opposite of both, and its balance in base currency is the gain or loss not yet realised (P. Selinger, Tutorial on
     * Multiple Currency Accounting, section 4).
     */
    public static List<Posting> throughTradingAccount(List<Posting> lines, Known known) {
        AccountCode trading = known.state(ChartFold.CHART).accounts().currencyTrading();
        Map<CurrencyCode, Money> sums = sums(lines);
        boolean inUse = known.find(AccountFold.account(trading))
                .map(account -> account.active())
                .orElse(false);
        if (sums.size() < 2 || !inUse) {
            return lines;
        }
        Map<CurrencyCode, Money> baseSums = new TreeMap<>();
        lines.forEach(line -> baseSums.merge(line.amount().currency(), line.baseAmount(), Money::plus));
        List<Posting> all = new ArrayList<>(lines);
        sums.forEach((currency, sum) -> {
            Money baseSum = baseSums.getOrDefault(currency, sum);
            if (!sum.isZero() || !baseSum.isZero()) {
                all.add(new Posting(trading, sum.negated(), baseSum.negated(), Map.of()));
            }
        });
        return all;
    }

    /** Whether {@link #throughTradingAccount} would look at the trading account. */
    public static boolean hasSeveralCurrencies(List<Posting> lines) {
        return lines.stream().map(line -> line.amount().currency()).distinct().count() > 1;
    }

    private static Map<CurrencyCode, Money> sums(List<Posting> lines) {
        Map<CurrencyCode, Money> sums = new TreeMap<>();
        lines.forEach(line -> sums.merge(line.amount().currency(), line.amount(), Money::plus));
        return sums;
    }
}
