package dev.vextrus.finance.account;

/** The five kinds of account of double-entry bookkeeping. */
public enum AccountType {
    ASSET,
    LIABILITY,
    EQUITY,
    REVENUE,
    EXPENSE;

    /** Whether its balance is normally a debit, which is positive here. */
    public boolean isDebitNormal() {
        return this == ASSET || this == EXPENSE;
    }
}
