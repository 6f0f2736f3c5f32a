package dev.vextrus.finance.command;

import java.util.Set;

/** What a person may do within a tenant; a token's claim {@code roles} names them in lower case. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Posts entries, drafts invoices, receives payments. */
    ACCOUNTANT,
    /** Approves and voids. */
    APPROVER,
    /** Opens, closes and reopens periods, keeps the chart of accounts. */
    CONTROLLER,
    /** Everything. */
    ADMIN;

    /** Those who keep the books from day to day. */
    public static final Set<Role> BOOKKEEPERS = Set.of(ACCOUNTANT, CONTROLLER, ADMIN);

    /** Those who put their name to a document. */
    public static final Set<Role> APPROVERS = Set.of(APPROVER, CONTROLLER, ADMIN);

    /** Those who answer for the figures. */
    public static final Set<Role> CONTROLLERS = Set.of(CONTROLLER, ADMIN);
}
