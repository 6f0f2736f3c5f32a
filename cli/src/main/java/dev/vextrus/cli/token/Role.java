package dev.vextrus.cli.token;

/** Roles that a token may carry; lower case, as the claim spells them. */
public enum Role {
    viewer,
    accountant,
    approver,
    controller,
    admin
}
