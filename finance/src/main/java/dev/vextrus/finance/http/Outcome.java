package dev.vextrus.finance.http;

import java.util.Locale;

/** How a request went, told in the header {@code X-Outcome} (docs/contracts/release-contract.md). */
public enum Outcome {
    OK,
    /** A business rule said no. */
    REFUSED,
    /** The caller's mistake. */
    CLIENT,
    /** Ours. */
    FAULT;

    public static final String HEADER = "X-Outcome";

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome where nothing but the status tells. */
    public static Outcome ofStatus(int status) {
        if (status >= 500) {
            return FAULT;
        }
        return status >= 400 ? CLIENT : OK;
    }
}
