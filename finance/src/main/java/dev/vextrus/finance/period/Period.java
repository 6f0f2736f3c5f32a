package dev.vextrus.finance.period;

import dev.vextrus.finance.command.Refusal;
import dev.vextrus.finance.command.Rule;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** An accounting period as decisions see it. */
public record Period(Status status) {

    /** What a period can be. */
    public enum Status {
        NOT_OPENED,
        OPEN,
        CLOSED
    }

    /** Why nothing dated in it can be posted now, or null. */
    public @Nullable Refusal refusePosting(YearMonth month, String field) {
        return switch (status) {
            case OPEN -> null;
            case NOT_OPENED -> notOpened(month, field);
            case CLOSED -> closed(month, field);
        };
    }

    static Refusal notOpened(YearMonth month, String field) {
        return new Refusal(
                Rule.PERIOD_NOT_OPENED,
                "the period " + month + " was never opened",
                field,
                "have a controller open it with openPeriods, or choose a date in an open period");
    }

    static Refusal closed(YearMonth month, String field) {
        return new Refusal(
                Rule.PERIOD_CLOSED,
                "the period " + month + " is closed",
                field,
                "choose a date in an open period, or have a controller reopen it with reopenPeriod, and ask again with a new"
                        + " idempotencyKey");
    }
}
