package dev.vextrus.finance.tenant;

/** The accounts that a new tenant starts with. */
public enum ChartTemplate {
    /** The accounts that documents post to and a handful of others, under four-digit codes. */
    STANDARD,
    /** None: accounts come from an import or one by one; the posting accounts are named all the same. */
    EMPTY
}
