package dev.vextrus.finance.account;

/**
 * The accounts that documents post to by themselves.
 *
 * @param receivable what customers owe, less their credit
 * @param outputTax tax owed on sales, where a tax names no account of its own
 * @param retainedEarnings where a year's result goes
 * @param currencyTrading through which an entry over several currencies balances in each of them
 */
public record PostingAccounts(
        AccountCode receivable, AccountCode outputTax, AccountCode retainedEarnings, AccountCode currencyTrading) {

    boolean names(AccountCode code) {
        return code.equals(receivable)
                || code.equals(outputTax)
                || code.equals(retainedEarnings)
                || code.equals(currencyTrading);
    }
}
