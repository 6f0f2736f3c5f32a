package dev.vextrus.finance.settings;

/** Where the service runs: {@code LOCAL} offers the explorer and introspection, {@code PRODUCTION} neither. */
public enum Profile {
    LOCAL,
    PRODUCTION
}
