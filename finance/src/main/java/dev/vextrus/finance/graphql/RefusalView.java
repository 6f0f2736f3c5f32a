package dev.vextrus.finance.graphql;

import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.http.Outcome;
import org.jspecify.annotations.Nullable;

/** Why a mutation did nothing, as GraphQL shows it: rules by kind, so that a client can handle a kind without its codes. */
public record RefusalView(
        String typeName,
        String code,
        String message,
        @Nullable String field,
        String remedy) implements Typed {
    static final String INPUT_REFUSED = "InputRefused";
    private static final String NOT_ALLOWED = "NotAllowed";
    private static final String NOT_KNOWN = "NotKnown";
    private static final String RULE_BROKEN = "RuleBroken";

    static RefusalView of(Refusal refusal) {
        return new RefusalView(
                kindOf(refusal.rule()), refusal.code(), refusal.message(), refusal.field(), refusal.remedy());
    }

    static RefusalView keyReused() {
        return new RefusalView(
                "IdempotencyKeyReused",
                "IDEMPOTENCY_KEY_REUSED",
                "This idempotency key was used before for another input.",
                "idempotencyKey",
                "Make a new key for each new request; repeat a request with exactly its first input.");
    }

    static RefusalView contended(String stream) {
        return new RefusalView(
                "Contended",
                "CONTENDED",
                "Others were changing " + stream + " at the same time, several times over.",
                null,
                "Try again with the same idempotency key.");
    }

    /** Rules of the books are refusals; what the caller should have known beforehand is the caller's mistake. */
    Outcome outcome() {
        return switch (typeName) {
            case INPUT_REFUSED, NOT_ALLOWED, "IdempotencyKeyReused" -> Outcome.CLIENT;
            default -> Outcome.REFUSED;
        };
    }

    /** Whether the caller lacks the right to it. */
    boolean isDenial() {
        return typeName.equals(NOT_ALLOWED);
    }

    private static String kindOf(Rule rule) {
        return switch (rule) {
            case FORBIDDEN, INVOICE_AUTHOR_OVER_LIMIT -> NOT_ALLOWED;
            case TENANT_UNKNOWN, ACCOUNT_UNKNOWN, ENTRY_UNKNOWN, INVOICE_UNKNOWN, PAYMENT_UNKNOWN -> NOT_KNOWN;
            case DATA_REJECTED,
                    TEXT_INVALID,
                    AMOUNT_TOO_LARGE,
                    AMOUNT_NOT_POSITIVE,
                    TENANT_SETTING_INVALID,
                    PERIOD_RANGE_INVALID,
                    ENTRY_TOO_FEW_LINES,
                    ENTRY_TOO_MANY_LINES,
                    ENTRY_LINE_ZERO -> INPUT_REFUSED;
            default -> RULE_BROKEN;
        };
    }
}
